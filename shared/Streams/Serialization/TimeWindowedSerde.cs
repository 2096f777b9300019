using System.Buffers.Binary;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Serialization;

/// <summary>The key's bytes, then the start in eight bytes, big-endian; the end follows from the size.</summary>
internal sealed class TimeWindowedSerde<TKey>(ISerde<TKey> key, long size) : ISerde<Windowed<TKey>>
{
    public Windowed<TKey> Deserialize(byte[]? bytes)
    {
        if (bytes is null || bytes.Length < sizeof(long))
        {
            throw new SerializationException($"A windowed key has at least {sizeof(long)} bytes, not {bytes?.Length ?? 0}.");
        }

        var start = BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(bytes.Length - sizeof(long)));
        return new Windowed<TKey>(key.Deserialize(bytes[..^sizeof(long)]), new Window(start, start > long.MaxValue - size ? long.MaxValue : start + size));
    }

    public byte[] Serialize(Windowed<TKey> value)
    {
        var inner = WindowedKeys.Inner(key, value.Key);
        var bytes = new byte[inner.Length + sizeof(long)];
        inner.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(inner.Length), value.Window.Start);
        return bytes;
    }
}
