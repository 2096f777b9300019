using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.AspNetCore.Http;

namespace KafkaFunctions.Worker.Queries;

/// <summary>Keys of a store as a query writes them: by the kind of the store's keys, or <c>encoding=base64</c>.</summary>
/// <param name="format">What the store's keys are.</param>
/// <param name="isBase64">Whether keys are written in base64.</param>
internal sealed class KeyCodec(PayloadFormat format, bool isBase64)
{
    private const string Parameter = "encoding";
    private const string Base64Name = "base64";
    private const string Utf8Name = "utf8";

    // The first byte of what a listing goes on with: a key, or the start of a window in eight bytes, and a key.
    private const byte KeyFormat = 1;
    private const byte WindowFormat = 2;

    public bool IsBase64 => isBase64;

    /// <exception cref="StateQueryException">The encoding is none.</exception>
    public static KeyCodec Of(IQueryCollection query, PayloadFormat format) => query[Parameter].ToString() switch
    {
        "" or Utf8Name => new KeyCodec(format, isBase64: false),
        Base64Name => new KeyCodec(format, isBase64: true),
        var other => throw Bad($"{Parameter} is '{other}'. Use {Utf8Name} or {Base64Name}."),
    };

    /// <exception cref="StateQueryException">The text is no key of the store.</exception>
    public byte[] Read(string text, string name)
    {
        if (isBase64)
        {
            return FromBase64(text) ?? throw Bad($"{name} is not base64.");
        }

        return StateKeyText.TryParse(text, format, out var key, out var problem) ? key : throw Bad(problem);
    }

    /// <summary>Reads a key that stands in the path, percent-encoded: any bytes.</summary>
    /// <exception cref="StateQueryException">The text is no key of the store.</exception>
    public byte[] ReadPath(string raw)
    {
        var bytes = PercentDecode(raw);
        return isBase64 || format is PayloadFormat.Int32 or PayloadFormat.Int64 ? Read(Encoding.UTF8.GetString(bytes), "The key") : bytes;
    }

    /// <summary>What a listing goes on with; null at its end.</summary>
    public static string? WriteContinuation(StatePage page)
    {
        if (page.Next is not { } next)
        {
            return null;
        }

        if (page.NextWindow is not { } start)
        {
            return Base64Url.EncodeToString([KeyFormat, .. next]);
        }

        var window = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(window, start);
        return Base64Url.EncodeToString([WindowFormat, .. window, .. next]);
    }

    /// <returns>The key to go on from, and the start of its window.</returns>
    /// <exception cref="StateQueryException">The text is no continuation.</exception>
    public static (byte[] Key, long? Window) ReadContinuation(string text) => FromBase64(text) switch
    {
        [KeyFormat, .. var next] => (next, null),
        [WindowFormat, .. { Length: >= sizeof(long) } rest] => (rest[sizeof(long)..], BinaryPrimitives.ReadInt64BigEndian(rest)),
        _ => throw Bad("continuation is none that a listing has given. Leave it out to start anew."),
    };

    private static StateQueryException Bad(string message) => new(StatusCodes.Status400BadRequest, message);

    // Both alphabets, with and without padding; a '+' that nobody encoded has become a space.
    private static byte[]? FromBase64(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text.Replace('+', '-').Replace(' ', '-').Replace('/', '_').TrimEnd('='));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[] PercentDecode(string raw)
    {
        var text = Encoding.UTF8.GetBytes(raw);
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                bytes.Add((byte)((Convert.FromHexString([(char)text[i + 1], (char)text[i + 2]]))[0]));
                i += 2;
            }
            else
            {
                bytes.Add(text[i]);
            }
        }

        return [.. bytes];
    }
}
