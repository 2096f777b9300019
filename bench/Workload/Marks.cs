using System.Buffers.Text;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Workload;

/// <summary>The numbers that records carry, so that each can be found again.</summary>
internal static class Marks
{
    /// <summary>A user's header, which every function must hand on: the record's number in decimal.</summary>
    public const string Header = "bench-id";

    /// <summary>Stands before the number within a value.</summary>
    private static ReadOnlySpan<byte> ValueMark => "lid-"u8;

    public static RecordHeader[] CreateHeaders(int id) => [RecordHeader.FromText(Header, Report(id))];

    /// <summary>Text that marks a value.</summary>
    public static string CreateValueMark(int id) => "lid-" + Report(id) + "-";

    /// <summary>The number that a value is marked with; -1 where it is not.</summary>
    public static int FindInValue(ReadOnlySpan<byte> value)
    {
        var start = value.IndexOf(ValueMark);
        return start >= 0 && Utf8Parser.TryParse(value[(start + ValueMark.Length)..], out int id, out _) ? id : -1;
    }

    /// <summary>The number in the header; -1 where there is none, or more than one.</summary>
    public static int FindInHeaders(RecordHeader[] headers)
    {
        var found = -1;
        foreach (var header in headers)
        {
            if (header.Key != Header)
            {
                continue;
            }

            if (found >= 0 || !Utf8Parser.TryParse(header.Value, out found, out var read) || read != header.Value!.Length)
            {
                return -1;
            }
        }

        return found;
    }

    private static string Report(int id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
