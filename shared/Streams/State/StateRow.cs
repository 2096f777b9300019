namespace KafkaFunctions.Streams.State;

/// <summary>A row as it is stored. Immutable by convention: arrays are not copied.</summary>
/// <param name="Key">Its key within the bucket.</param>
/// <param name="Value">Its bytes; the store does not look into them.</param>
/// <param name="ETag">Changes with every write of the row; no two writes of a key ever have the same.</param>
public sealed record StateRow(StateKey Key, byte[] Value, string ETag);
