using System.Buffers.Binary;
using System.Text;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Embedded.Records;

/// <summary>Writes records one behind the other, without their offsets, so that what several callers encoded can be joined.</summary>
/// <remarks>
/// A stored format, version 1 of the schema. A record: length of the rest, timestamp (8 bytes, little-endian), key, value,
/// number of headers, and each header's name and value. Lengths and counts are unsigned LEB128; those of key, value and
/// header value are one more than the length, 0 being null. The identity is the last header.
/// </remarks>
internal static class RecordEncoder
{
    private const int MostVarintBytes = 5;
    private const int BitsPerByte = 7;
    private const uint MoreBytes = 0x80;

    /// <summary>Most bytes of the record once encoded.</summary>
    public static int MaxSizeOf(OutputRecord record)
    {
        var size = MostVarintBytes + sizeof(long) + MaxSizeOf(record.Key) + MaxSizeOf(record.Value) + MostVarintBytes;
        foreach (var header in record.Headers)
        {
            size += MaxSizeOf(header);
        }

        return record.Identity is null ? size : size + MaxSizeOf(IdentityOf(record));
    }

    /// <summary>Writes the record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="timestamp">Its timestamp.</param>
    /// <param name="buffer">At least <see cref="MaxSizeOf(OutputRecord)"/> bytes.</param>
    /// <returns>Number of bytes written.</returns>
    public static int Write(OutputRecord record, long timestamp, Span<byte> buffer)
    {
        // The rest is written behind the largest length and then moved up to the real one.
        var written = WriteBody(record, timestamp, buffer[MostVarintBytes..]);
        var lengthBytes = WriteVarint(buffer, (uint)written);
        buffer.Slice(MostVarintBytes, written).CopyTo(buffer[lengthBytes..]);
        return lengthBytes + written;
    }

    private static int WriteBody(OutputRecord record, long timestamp, Span<byte> buffer)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer, timestamp);
        var at = sizeof(long);
        at += WriteBytes(buffer[at..], record.Key);
        at += WriteBytes(buffer[at..], record.Value);
        at += WriteVarint(buffer[at..], (uint)(record.Headers.Length + (record.Identity is null ? 0 : 1)));
        foreach (var header in record.Headers)
        {
            at += WriteHeader(buffer[at..], header);
        }

        return record.Identity is null ? at : at + WriteHeader(buffer[at..], IdentityOf(record));
    }

    private static int WriteHeader(Span<byte> buffer, RecordHeader header)
    {
        var at = WriteVarint(buffer, (uint)Encoding.UTF8.GetByteCount(header.Key));
        at += Encoding.UTF8.GetBytes(header.Key, buffer[at..]);
        return at + WriteBytes(buffer[at..], header.Value);
    }

    private static int WriteBytes(Span<byte> buffer, byte[]? bytes)
    {
        if (bytes is null)
        {
            return WriteVarint(buffer, 0);
        }

        var at = WriteVarint(buffer, (uint)bytes.Length + 1);
        bytes.CopyTo(buffer[at..]);
        return at + bytes.Length;
    }

    private static int WriteVarint(Span<byte> buffer, uint value)
    {
        var at = 0;
        while (value >= MoreBytes)
        {
            buffer[at++] = (byte)(value | MoreBytes);
            value >>= BitsPerByte;
        }

        buffer[at++] = (byte)value;
        return at;
    }

    private static RecordHeader IdentityOf(OutputRecord record) => new(HeaderNames.Identity, record.Identity);

    private static int MaxSizeOf(byte[]? bytes) => MostVarintBytes + (bytes?.Length ?? 0);

    private static int MaxSizeOf(RecordHeader header) =>
        MostVarintBytes + Encoding.UTF8.GetByteCount(header.Key) + MaxSizeOf(header.Value);
}
