namespace KafkaFunctions.Streams.Serialization;

/// <summary>Turns the bytes of a key or value into what they stand for. Immutable and safe for concurrent use.</summary>
/// <typeparam name="T">The type in memory.</typeparam>
public interface IDeserializer<out T>
{
    /// <summary>Reads the bytes of a key or value.</summary>
    /// <param name="bytes">The bytes as they were read from the topic; not to be changed. Null for no key, or a tombstone.</param>
    /// <exception cref="SerializationException">The bytes are not a <typeparamref name="T"/>: the record becomes a dead letter.</exception>
    T Deserialize(byte[]? bytes);
}
