namespace KafkaFunctions.Streams.Processing;

/// <summary>Makes pairs of key and value with their types inferred.</summary>
public static class KeyValue
{
    /// <summary>A pair of key and value.</summary>
    public static KeyValue<TKey, TValue> Pair<TKey, TValue>(TKey key, TValue value) => new(key, value);
}
