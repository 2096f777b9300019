namespace KafkaFunctions.Streams.Serialization;

internal sealed class RequiredSerde<T>(ISerde<T?> inner) : ISerde<T>, IPayloadFormat
    where T : class
{
    public PayloadFormat Format => IPayloadFormat.Of(inner);

    public T Deserialize(byte[]? bytes) => inner.Deserialize(bytes)
        ?? throw new SerializationException($"The record has no {typeof(T).Name}: it is null, and one is required.");

    public byte[]? Serialize(T value) => inner.Serialize(value)
        ?? throw new SerializationException($"Null cannot be written: a {typeof(T).Name} is required.");
}
