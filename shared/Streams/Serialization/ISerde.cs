namespace KafkaFunctions.Streams.Serialization;

/// <summary>Turns a key or value into bytes and back. Immutable and safe for concurrent use.</summary>
/// <typeparam name="T">The type in memory.</typeparam>
/// <remarks>Null bytes mean "no key", or a tombstone. A serde of a reference type maps them to null and back; a serde of a
/// value type refuses them. <see cref="Serdes.Nullable{T}"/> and <see cref="Serdes.Required{T}"/> change that.</remarks>
public interface ISerde<T> : ISerializer<T>, IDeserializer<T>;
