using System.Text;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Brokers;

/// <summary>Upper bound of a record's size in Kafka's message format 2, with the batch header that a record sent alone needs.</summary>
/// <remarks>Source: the Kafka protocol guide, "Record Batch" (61 bytes) and "Record" (varint lengths of up to 5 bytes, attributes,
/// timestamp and offset deltas).</remarks>
public static class RecordSize
{
    /// <summary>Bytes of the batch header.</summary>
    public const int BatchOverhead = 61;

    /// <summary>Most bytes that a record needs beside key, value and headers.</summary>
    public const int RecordOverhead = 36;

    /// <summary>Most bytes that a header needs beside name and value.</summary>
    public const int HeaderOverhead = 10;

    /// <summary>Upper bound of the size of <paramref name="record"/>, uncompressed, its identity header included.</summary>
    public static long Of(OutputRecord record)
    {
        long size = BatchOverhead + RecordOverhead + (record.Key?.Length ?? 0) + (record.Value?.Length ?? 0);
        foreach (var header in record.Headers)
        {
            size += HeaderOverhead + Encoding.UTF8.GetByteCount(header.Key) + (header.Value?.Length ?? 0);
        }

        return record.Identity is null ? size : size + HeaderOverhead + HeaderNames.Identity.Length + record.Identity.Length;
    }
}
