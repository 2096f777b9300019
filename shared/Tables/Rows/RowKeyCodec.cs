using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables;

/// <summary>Keys as row keys, which are text without <c>/ \ # ?</c> and control characters: letters and digits stand for
/// themselves, every other byte is a mark and two upper-case hexadecimal digits. There is a mark for each gap that letters and
/// digits leave in ASCII, and it sorts there: row keys have the order of the bytes. A stored format.</summary>
internal static class RowKeyCodec
{
    private const char BelowDigits = '-';
    private const char BelowUpperCase = ':';
    private const char BelowLowerCase = '_';
    private const char AboveLetters = '~';
    private const int MarkedCharacters = 3;
    private const string HexDigits = "0123456789ABCDEF";

    public static string Encode(StateKey key) =>
        string.Create(StateRules.StoredCharacters(key.Bytes), key, static (text, key) =>
        {
            foreach (var value in key.Bytes)
            {
                if (char.IsAsciiLetterOrDigit((char)value))
                {
                    text[0] = (char)value;
                    text = text[1..];
                }
                else
                {
                    text[0] = MarkOf(value);
                    text[1] = HexDigits[value >> 4];
                    text[2] = HexDigits[value & 0xF];
                    text = text[MarkedCharacters..];
                }
            }
        });

    /// <summary>False where the text is not what <see cref="Encode"/> makes of any key.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out StateKey key)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        while (!text.IsEmpty)
        {
            var characters = ReadByte(text, out bytes[length]);
            if (characters == 0)
            {
                key = default;
                return false;
            }

            text = text[characters..];
            length++;
        }

        key = new StateKey(bytes[..length]);
        return length > 0;
    }

    /// <summary>Characters of the first byte; 0 where they are none of ours.</summary>
    private static int ReadByte(ReadOnlySpan<char> text, out byte value)
    {
        value = (byte)text[0];
        if (char.IsAsciiLetterOrDigit(text[0]))
        {
            return 1;
        }

        if (text.Length < MarkedCharacters || HexDigits.IndexOf(text[1]) is not (>= 0 and var high) || HexDigits.IndexOf(text[2]) is not (>= 0 and var low))
        {
            return 0;
        }

        value = (byte)((high << 4) | low);
        return !char.IsAsciiLetterOrDigit((char)value) && text[0] == MarkOf(value) ? MarkedCharacters : 0;
    }

    private static char MarkOf(byte value) => value switch
    {
        < (byte)'0' => BelowDigits,
        < (byte)'A' => BelowUpperCase,
        < (byte)'a' => BelowLowerCase,
        _ => AboveLetters,
    };
}
