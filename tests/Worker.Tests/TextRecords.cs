using System.Text;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Worker.Tests;

/// <summary>Records made of text.</summary>
internal static class TextRecords
{
    public const long Time = 1_700_000_000_000;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    /// <summary>Records of one partition from an offset on, keyed by their offset.</summary>
    public static KafkaRecord[] From(long offset, params string[] values) => [.. values.Select((value, i) => Record(offset + i, value))];

    public static KafkaRecord Record(long offset, string value, params (string Key, string? Value)[] headers) => new()
    {
        Topic = "lines",
        Partition = 3,
        Offset = offset,
        Key = Bytes($"k{offset}"),
        Value = Bytes(value),
        Timestamp = new KafkaTimestamp { UnixTimestampMs = Time + offset },
        Headers = [.. headers.Select(header => new KafkaHeader { Key = header.Key, Value = header.Value is null ? null : Bytes(header.Value) })],
    };

    /// <summary>A published record as a consumer of its topic gets it.</summary>
    public static KafkaRecord Delivered(OutputRecord record, string topic, int partition, long offset) => new()
    {
        Topic = topic,
        Partition = partition,
        Offset = offset,
        Key = record.Key,
        Value = record.Value,
        Timestamp = new KafkaTimestamp { UnixTimestampMs = record.Timestamp },
        Headers =
        [
            .. record.Headers.Select(header => new KafkaHeader { Key = header.Key, Value = header.Value }),
            .. record.Identity is null ? [] : new[] { new KafkaHeader { Key = HeaderNames.Identity, Value = record.Identity } },
        ],
    };
}
