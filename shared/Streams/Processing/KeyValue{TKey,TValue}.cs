namespace KafkaFunctions.Streams.Processing;

/// <summary>The key and value that an operator gives a record; its timestamp and headers stay.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public readonly record struct KeyValue<TKey, TValue>(TKey Key, TValue Value);
