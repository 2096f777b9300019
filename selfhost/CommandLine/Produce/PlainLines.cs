using System.Text;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Produce;

/// <summary>A line is a value, or a key and a value.</summary>
/// <param name="keySeparator">What stands between the key and the value; null: lines have no key.</param>
internal sealed class PlainLines(string? keySeparator) : ILineFormat
{
    private readonly byte[]? _separator = keySeparator is null ? null : Encoding.UTF8.GetBytes(keySeparator);

    public string? TryRead(ReadOnlySpan<byte> line, RecordHeader[] headers, out OutputRecord? record)
    {
        record = null;
        byte[]? key = null;
        if (_separator is not null)
        {
            var at = line.IndexOf(_separator);
            if (at < 0)
            {
                return $"it has no key separator '{keySeparator}'";
            }

            key = line[..at].ToArray();
            line = line[(at + _separator.Length)..];
        }

        record = new OutputRecord(key, line.ToArray()) { Headers = headers };
        return null;
    }
}
