namespace KafkaFunctions.Streams.Serialization;

internal sealed class BytesSerde : ISerde<byte[]?>
{
    public byte[]? Deserialize(byte[]? bytes) => bytes;

    public byte[]? Serialize(byte[]? value) => value;
}
