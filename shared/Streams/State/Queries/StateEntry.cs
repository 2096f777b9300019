namespace KafkaFunctions.Streams.State.Queries;

/// <summary>A key of a store and what it has. Immutable by convention: arrays are not copied.</summary>
/// <param name="Key">The key's bytes.</param>
/// <param name="Value">The value's bytes.</param>
/// <param name="Version">Grows with every change of the value.</param>
/// <param name="Timestamp">The value's event time in milliseconds since 1970-01-01 UTC; <see cref="Records.InputRecord.NoTimestamp"/>
/// where it has none.</param>
public sealed record StateEntry(byte[] Key, byte[] Value, long Version, long Timestamp);
