using System.Text;

namespace KafkaFunctions.Streams.State.Rows;

/// <summary>Writes the parts of stored rows: numbers in 7 bits a byte, lengths before texts and bytes.</summary>
internal sealed class RowWriter(int capacity)
{
    private const byte More = 0x80;
    private const int BitsPerByte = 7;
    private const int MaxVarintBytes = 10;

    private byte[] _buffer = new byte[Math.Max(capacity, 16)];
    private int _length;

    /// <summary>Begins anew; the memory is used again.</summary>
    public void Clear() => _length = 0;

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Number(long value) => Unsigned((ulong)value);

    /// <summary>A number that may be negative.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string text)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        Number(size);
        Encoding.UTF8.GetBytes(text, Reserve(size));
    }

    /// <summary>Bytes that may be null.</summary>
    public void Bytes(byte[]? bytes)
    {
        Number(bytes is null ? 0 : bytes.Length + 1L);
        bytes?.CopyTo(Reserve(bytes.Length));
    }

    private void Unsigned(ulong value)
    {
        var span = Reserve(MaxVarintBytes);
        var size = 0;
        for (; value >= More; value >>= BitsPerByte)
        {
            span[size++] = (byte)(value | More);
        }

        span[size++] = (byte)value;
        _length -= MaxVarintBytes - size;
    }

    private Span<byte> Reserve(int size)
    {
        if (_buffer.Length - _length < size)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + size));
        }

        var span = _buffer.AsSpan(_length, size);
        _length += size;
        return span;
    }
}
