using System.Buffers.Binary;

namespace KafkaFunctions.Streams.Serialization;

internal sealed class Int64Serde : ISerde<long>, IPayloadFormat
{
    public PayloadFormat Format => PayloadFormat.Int64;

    public long Deserialize(byte[]? bytes) => bytes is { Length: sizeof(long) }
        ? BinaryPrimitives.ReadInt64BigEndian(bytes)
        : throw FixedLength.Mismatch("Int64", sizeof(long), bytes);

    public byte[] Serialize(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
