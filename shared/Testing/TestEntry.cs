namespace KafkaFunctions.Testing;

/// <summary>A key of a store with its value. Immutable.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record TestEntry<TKey, TValue>(TKey Key, TValue Value)
{
    /// <summary>The value's event time, in milliseconds since 1970-01-01 UTC; -1 where it has none.</summary>
    public long Timestamp { get; init; }

    /// <summary>Grows with every change of the value.</summary>
    public long Version { get; init; }
}
