using System.Text;

namespace KafkaFunctions.Streams.State.Rows;

/// <summary>Reads what <see cref="RowWriter"/> wrote.</summary>
/// <remarks>Anything that <see cref="RowWriter"/> cannot have written raises <see cref="InvalidDataException"/>.</remarks>
internal ref struct RowReader(ReadOnlySpan<byte> bytes)
{
    private const byte More = 0x80;
    private const int BitsPerByte = 7;
    private const int LastShift = 63;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Reads the format's number, the first byte.</summary>
    /// <returns>The format.</returns>
    public byte Format(byte newest)
    {
        var format = Byte();
        if (format == 0 || format > newest)
        {
            throw new InvalidDataException(
                $"Its format is {format}, and this version of the application reads 1 to {newest}. Run the version that wrote it, or a newer one.");
        }

        return format;
    }

    public byte Byte() => Take(1)[0];

    public long Number()
    {
        var value = (long)Unsigned();
        return value >= 0 ? value : throw Damaged("a number is out of its range");
    }

    public int Int32()
    {
        var value = Number();
        return value <= int.MaxValue ? (int)value : throw Damaged("a number is out of its range");
    }

    /// <summary>The number of items that follow, of at least a byte each.</summary>
    public int Count()
    {
        var count = Number();
        return count <= _rest.Length ? (int)count : throw Damaged("it ends early");
    }

    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public string Text() => Decode(Take(Count()));

    /// <summary>A text of which there are few different ones.</summary>
    public string KnownText()
    {
        var bytes = Take(Count());
        return KnownTexts.Find(bytes) ?? KnownTexts.Add(bytes, Decode(bytes));
    }

    public byte[]? Bytes()
    {
        var size = Number();
        return size == 0 ? null : Take(size - 1).ToArray();
    }

    /// <summary>Reads past what <see cref="Bytes"/> would read.</summary>
    public void SkipBytes()
    {
        var size = Number();
        if (size > 0)
        {
            Take(size - 1);
        }
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Damaged("it goes on after its end");
        }
    }

    public static InvalidDataException Damaged(string what) =>
        new($"It is damaged ({what}). Restore it from a copy, or reset the store and read its topic anew.");

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a text is not UTF-8");
        }
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift <= LastShift; shift += BitsPerByte)
        {
            var part = Byte();
            if (shift == LastShift && part > 1)
            {
                break;
            }

            value |= (ulong)(part & (More - 1)) << shift;
            if (part < More)
            {
                return value;
            }
        }

        throw Damaged("a number is out of its range");
    }

    private ReadOnlySpan<byte> Take(long size)
    {
        if (size > _rest.Length)
        {
            throw Damaged("it ends early");
        }

        var taken = _rest[..(int)size];
        _rest = _rest[(int)size..];
        return taken;
    }
}
