using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>Makes the record that functions take. No bytes are copied.</summary>
internal static class KafkaRecordMapping
{
    private static readonly KafkaHeader[] NoHeaders = [];

    public static KafkaRecord ToKafkaRecord(InputRecord record) => new()
    {
        Topic = record.Topic,
        Partition = record.Partition,
        Offset = record.Offset,
        Key = record.Key,
        Value = record.Value,
        Timestamp = new KafkaTimestamp { UnixTimestampMs = record.Timestamp },
        Headers = record.Headers.Length == 0
            ? NoHeaders
            : Array.ConvertAll(record.Headers, header => new KafkaHeader { Key = header.Key, Value = header.Value }),
    };
}
