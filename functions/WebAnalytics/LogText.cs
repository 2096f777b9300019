using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Texts as access logs escape them: <c>\"</c>, <c>\\</c>, the letters of C, and <c>\xhh</c> for any other byte.</summary>
internal static class LogText
{
    /// <summary>The byte that begins an escape.</summary>
    public const byte Escape = (byte)'\\';

    private const int MaxStackBytes = 512;

    /// <summary>The text with its escapes resolved. An unknown escape stays as it is; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> text)
    {
        if (!text.Contains(Escape))
        {
            return Encoding.UTF8.GetString(text);
        }

        byte[]? rented = null;
        var buffer = text.Length <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : rented = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            return Encoding.UTF8.GetString(buffer[..Unescape(text, buffer)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private static int Unescape(ReadOnlySpan<byte> text, Span<byte> buffer)
    {
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape && TryUnescape(text[(i + 1)..], out var value, out var length))
            {
                buffer[written++] = value;
                i += length;
            }
            else
            {
                buffer[written++] = text[i];
            }
        }

        return written;
    }

    private static bool TryUnescape(ReadOnlySpan<byte> escape, out byte value, out int length)
    {
        if (escape is [(byte)'x', _, _, ..] && Utf8Parser.TryParse(escape.Slice(1, 2), out value, out var digits, 'x') && digits == 2)
        {
            length = 3;
            return true;
        }

        length = 1;
        value = escape.IsEmpty ? (byte)0 : escape[0] switch
        {
            (byte)'"' or Escape => escape[0],
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'v' => (byte)'\v',
            _ => (byte)0,
        };
        return value != 0;
    }
}
