using Confluent.Kafka;

namespace KafkaFunctions.Kafka;

/// <summary>Keys and values as they are; a null stays null, an empty one empty.</summary>
internal sealed class RawBytes : IDeserializer<byte[]?>
{
    public static readonly RawBytes Instance = new();

    public byte[]? Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => isNull ? null : data.ToArray();
}
