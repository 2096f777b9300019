using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Processing;

/// <summary>Maps the trigger's records to the core's. No bytes are copied.</summary>
public static class KafkaRecordExtensions
{
    /// <summary>The record as the streams core reads it.</summary>
    public static InputRecord ToInputRecord(this KafkaRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new InputRecord(
            record.Topic,
            record.Partition,
            record.Offset,
            record.Key,
            record.Value,
            record.Timestamp?.UnixTimestampMs ?? InputRecord.NoTimestamp,
            ToHeaders(record.Headers));
    }

    private static RecordHeader[] ToHeaders(KafkaHeader[]? headers) =>
        headers is null or [] ? [] : Array.ConvertAll(headers, header => new RecordHeader(header.Key, header.Value));
}
