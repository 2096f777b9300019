using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>A key of a store with its value, as it was at one moment.</summary>
/// <param name="Key">The key's bytes, as the operator's serde wrote them.</param>
/// <param name="Value">The value's bytes.</param>
/// <param name="Timestamp">The value's event time, in milliseconds since 1970-01-01 UTC; -1 where it has none.</param>
/// <param name="Version">Grows with every change of the value; of a windowed store, with every change of any of the key's windows.</param>
public sealed record StateEntry(byte[] Key, byte[] Value, long Timestamp, long Version)
{
    /// <summary>The window that the value is of; null where the store has none.</summary>
    public Window? Window { get; init; }
}
