using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Tracing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Processing;

/// <summary>Maps the trigger's records to the core's. No bytes are copied.</summary>
public static class KafkaRecordExtensions
{
    /// <summary>The record as the streams core reads it.</summary>
    public static InputRecord ToInputRecord(this KafkaRecord record) => record.ToInputRecord(null);

    /// <summary>The record as the streams core reads it, with another trace.</summary>
    /// <param name="record">The record.</param>
    /// <param name="traces">What takes the place of its <see cref="HeaderNames.TraceParent"/>; null for its own.</param>
    internal static InputRecord ToInputRecord(this KafkaRecord record, RecordTraces? traces)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new InputRecord(
            record.Topic,
            record.Partition,
            record.Offset,
            record.Key,
            record.Value,
            record.Timestamp?.UnixTimestampMs ?? InputRecord.NoTimestamp,
            ToHeaders(record.Headers, traces));
    }

    /// <summary>Value of the record's first header of a name; null where it has none.</summary>
    internal static byte[]? HeaderOf(this KafkaRecord record, string name)
    {
        foreach (var header in record.Headers ?? [])
        {
            if (header.Key == name)
            {
                return header.Value;
            }
        }

        return null;
    }

    private static RecordHeader[] ToHeaders(KafkaHeader[]? headers, RecordTraces? traces)
    {
        if (headers is null or [])
        {
            return [];
        }

        var read = new RecordHeader[headers.Length];
        for (var i = 0; i < read.Length; i++)
        {
            var header = headers[i];
            read[i] = new RecordHeader(header.Key, traces is not null && header.Key == HeaderNames.TraceParent ? traces.Replace(header.Value) : header.Value);
        }

        return read;
    }
}
