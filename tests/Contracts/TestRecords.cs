using System.Text;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Contracts;

/// <summary>Records made of text.</summary>
internal static class TestRecords
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes!);

    public static OutputRecord Record(string? key, string? value) =>
        new(key is null ? null : Bytes(key), value is null ? null : Bytes(value));

    public static OutputRecord Identified(string identity, string value) => new(null, Bytes(value)) { Identity = Bytes(identity) };

    public static OutputRecord[] Numbered(string prefix, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Record(null, $"{prefix}{i}"))];
}
