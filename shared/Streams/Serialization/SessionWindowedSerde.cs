using System.Buffers.Binary;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Serialization;

/// <summary>The key's bytes, then end and start in eight bytes each, big-endian.</summary>
internal sealed class SessionWindowedSerde<TKey>(ISerde<TKey> key) : ISerde<Windowed<TKey>>
{
    private const int WindowBytes = 2 * sizeof(long);

    public Windowed<TKey> Deserialize(byte[]? bytes)
    {
        if (bytes is null || bytes.Length < WindowBytes)
        {
            throw new SerializationException($"A key with a session has at least {WindowBytes} bytes, not {bytes?.Length ?? 0}.");
        }

        var window = bytes.AsSpan(bytes.Length - WindowBytes);
        return new Windowed<TKey>(
            key.Deserialize(bytes[..^WindowBytes]),
            new Window(BinaryPrimitives.ReadInt64BigEndian(window[sizeof(long)..]), BinaryPrimitives.ReadInt64BigEndian(window)));
    }

    public byte[] Serialize(Windowed<TKey> value)
    {
        var inner = WindowedKeys.Inner(key, value.Key);
        var bytes = new byte[inner.Length + WindowBytes];
        inner.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(inner.Length), value.Window.End);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(inner.Length + sizeof(long)), value.Window.Start);
        return bytes;
    }
}
