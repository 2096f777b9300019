namespace KafkaFunctions.Streams.Serialization;

/// <summary>What the serdes of windowed keys have in common.</summary>
internal static class WindowedKeys
{
    /// <exception cref="SerializationException">There is no key: a window without one is nobody's.</exception>
    public static byte[] Inner<TKey>(ISerializer<TKey> serializer, TKey key) =>
        serializer.Serialize(key) ?? throw new SerializationException("A windowed key has a key.");
}
