using System.Globalization;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Tail;

/// <summary>A record as a line for people.</summary>
internal static class RecordText
{
    private const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string None = "(null)";

    private static readonly long MaxTimestamp = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static void Write(TextWriter output, in InputRecord record)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{record.Partition}/{record.Offset}\t{Timestamp(record.Timestamp)}\t"));
        WriteBytes(output, record.Key);
        output.Write('\t');
        WriteBytes(output, record.Value);
        output.Write('\n');
    }

    private static void WriteBytes(TextWriter output, byte[]? bytes)
    {
        if (bytes is null)
        {
            output.Write(None);
        }
        else
        {
            PrintableText.Write(output, bytes);
        }
    }

    private static string Timestamp(long milliseconds) => milliseconds switch
    {
        InputRecord.NoTimestamp => "-",
        // A producer may send any number.
        < 0 => milliseconds.ToString(CultureInfo.InvariantCulture),
        _ when milliseconds > MaxTimestamp => milliseconds.ToString(CultureInfo.InvariantCulture),
        _ => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString(TimestampFormat, CultureInfo.InvariantCulture),
    };
}
