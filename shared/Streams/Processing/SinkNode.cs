using System.Globalization;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Processing;

/// <summary>What all ends of streams and tables have in common.</summary>
internal static class SinkNode
{
    /// <summary>Makes a record an output of the function.</summary>
    /// <exception cref="SerializationException">No broker takes it: trying to publish it would never end.</exception>
    public static void Emit(RunContext context, int output, byte[]? key, byte[]? value, long timestamp, RecordHeader[]? headers)
    {
        if (timestamp < InputRecord.NoTimestamp)
        {
            throw new SerializationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The timestamp {timestamp} is before 1970-01-01 UTC, which Kafka cannot store."));
        }

        context.Emit(output, key, value, timestamp, headers);
    }
}
