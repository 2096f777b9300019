namespace KafkaFunctions.Streams.Serialization;

/// <summary>Turns a key or value into bytes and back. Implementations are immutable and safe for concurrent use.</summary>
/// <typeparam name="T">The type in memory.</typeparam>
/// <remarks>Null bytes mean "no key", or a tombstone. A serde of a reference type maps them to null and back; a serde of a
/// value type refuses them. <see cref="Serdes.Nullable{T}"/> and <see cref="Serdes.Required{T}"/> change that.</remarks>
public interface ISerde<T>
{
    /// <summary>Reads the bytes of a key or value.</summary>
    /// <param name="bytes">The bytes as they were read from the topic; not to be changed.</param>
    /// <exception cref="SerializationException">The bytes are not a <typeparamref name="T"/>: the record becomes a dead letter.</exception>
    T Deserialize(byte[]? bytes);

    /// <summary>Writes a key or value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The bytes; not to be changed afterwards. Null for no key, or a tombstone.</returns>
    /// <exception cref="SerializationException">The value has no form in bytes: the source record becomes a dead letter.</exception>
    byte[]? Serialize(T value);
}
