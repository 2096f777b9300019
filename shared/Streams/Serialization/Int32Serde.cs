using System.Buffers.Binary;

namespace KafkaFunctions.Streams.Serialization;

internal sealed class Int32Serde : ISerde<int>, IPayloadFormat
{
    public PayloadFormat Format => PayloadFormat.Int32;

    public int Deserialize(byte[]? bytes) => bytes is { Length: sizeof(int) }
        ? BinaryPrimitives.ReadInt32BigEndian(bytes)
        : throw FixedLength.Mismatch("Int32", sizeof(int), bytes);

    public byte[] Serialize(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
