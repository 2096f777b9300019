using System.Buffers.Binary;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Embedded.Records;

/// <summary>Reads what <see cref="RecordEncoder"/> wrote, front to back.</summary>
internal ref struct RecordDecoder(ReadOnlySpan<byte> batch, HeaderNameCache names)
{
    private const int BitsPerByte = 7;
    private const byte ValueBits = 0x7F;

    private ReadOnlySpan<byte> _rest = batch;

    /// <summary>Passes over records without reading them.</summary>
    public void Skip(long count)
    {
        for (var i = 0L; i < count; i++)
        {
            var length = (int)ReadVarint();
            _rest = _rest[length..];
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="topic">Its topic.</param>
    /// <param name="partition">Its partition.</param>
    /// <param name="offset">Its offset.</param>
    /// <param name="size">Bytes that it takes.</param>
    public InputRecord Read(string topic, int partition, long offset, out int size)
    {
        size = (int)ReadVarint();
        var timestamp = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return new InputRecord(topic, partition, offset, ReadBytes(), ReadBytes(), timestamp, ReadHeaders());
    }

    private RecordHeader[] ReadHeaders()
    {
        var count = (int)ReadVarint();
        if (count == 0)
        {
            return [];
        }

        var headers = new RecordHeader[count];
        for (var i = 0; i < count; i++)
        {
            headers[i] = new RecordHeader(names.Get(Take((int)ReadVarint())), ReadBytes());
        }

        return headers;
    }

    private byte[]? ReadBytes()
    {
        var length = ReadVarint();
        return length == 0 ? null : Take((int)(length - 1)).ToArray();
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private uint ReadVarint()
    {
        var value = 0u;
        var shift = 0;
        while (true)
        {
            var next = _rest[0];
            _rest = _rest[1..];
            value |= (uint)(next & ValueBits) << shift;
            if (next <= ValueBits)
            {
                return value;
            }

            shift += BitsPerByte;
        }
    }
}
