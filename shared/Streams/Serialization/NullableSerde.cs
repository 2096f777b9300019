namespace KafkaFunctions.Streams.Serialization;

internal sealed class NullableSerde<T>(ISerde<T> inner) : ISerde<T?>, IPayloadFormat
    where T : struct
{
    public PayloadFormat Format => IPayloadFormat.Of(inner);

    public T? Deserialize(byte[]? bytes) => bytes is null ? null : inner.Deserialize(bytes);

    public byte[]? Serialize(T? value) => value is null ? null : inner.Serialize(value.Value);
}
