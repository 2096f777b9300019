namespace KafkaFunctions.Streams.Serialization;

/// <summary>Turns a key or value into bytes. Immutable and safe for concurrent use.</summary>
/// <typeparam name="T">The type in memory. What writes null as well also writes what is never null.</typeparam>
public interface ISerializer<in T>
{
    /// <summary>Writes a key or value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The bytes; not to be changed afterwards. Null for no key, or a tombstone.</returns>
    /// <exception cref="SerializationException">The value has no form in bytes: the source record becomes a dead letter.</exception>
    byte[]? Serialize(T value);
}
