using System.Globalization;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Processing;

/// <summary>The end of a stream: makes a record an output of the function.</summary>
internal sealed class SinkNode<TKey, TValue>(ISerializer<TKey> key, ISerializer<TValue> value, int output) : StreamNode<TKey, TValue>
{
    public override void Process(in Record<TKey, TValue> record, RunContext context)
    {
        // No broker takes such a record: trying to publish it would never end.
        if (record.Timestamp < InputRecord.NoTimestamp)
        {
            throw new SerializationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The timestamp {record.Timestamp} is before 1970-01-01 UTC, which Kafka cannot store."));
        }

        context.Emit(output, key.Serialize(record.Key), value.Serialize(record.Value), record.Timestamp, record.RawHeaders);
    }
}
