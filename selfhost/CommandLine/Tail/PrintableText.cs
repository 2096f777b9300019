using System.Buffers;
using System.Globalization;
using System.Text;

namespace KafkaFunctions.SelfHost.CommandLine.Tail;

/// <summary>Shows bytes as text on one line. Nothing in a record can move the cursor, change colours or reorder the line.</summary>
internal static class PrintableText
{
    public static void Write(TextWriter output, ReadOnlySpan<byte> bytes)
    {
        Span<char> chars = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
            if (status != OperationStatus.Done)
            {
                foreach (var invalid in bytes[..length])
                {
                    output.Write(string.Create(CultureInfo.InvariantCulture, $"\\x{invalid:X2}"));
                }
            }
            else if (Escape(rune) is { } escaped)
            {
                output.Write(escaped);
            }
            else
            {
                output.Write(chars[..rune.EncodeToUtf16(chars)]);
            }

            bytes = bytes[length..];
        }
    }

    private static string? Escape(Rune rune) => rune.Value switch
    {
        '\\' => @"\\",
        '\t' => @"\t",
        '\n' => @"\n",
        '\r' => @"\r",
        _ when rune.IsAscii => Rune.IsControl(rune) ? Hex(rune, 'x', 2) : null,
        _ => IsLayout(rune) ? Hex(rune, 'u', 4) : null,
    };

    private static bool IsLayout(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static string Hex(Rune rune, char prefix, int digits) =>
        "\\" + prefix + rune.Value.ToString("X" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
