using System.Text;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Tests;

internal static class TestRecords
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    public static KafkaRecord Received(string? key, string? value, long timestamp = 1_700_000_000_000, long offset = 0) => new()
    {
        Topic = "topic",
        Partition = 0,
        Offset = offset,
        Key = key is null ? null! : Utf8(key),
        Value = value is null ? null! : Utf8(value),
        Timestamp = new KafkaTimestamp { UnixTimestampMs = timestamp, Type = KafkaTimestampType.CreateTime },
        Headers = [new KafkaHeader { Key = "h", Value = Utf8("v") }],
    };
}
