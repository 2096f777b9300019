namespace KafkaFunctions.Streams.Tables;

/// <summary>A value of a key, and the time from which it holds.</summary>
/// <param name="Timestamp">Its event time.</param>
/// <param name="Value">Its bytes; null where the key was deleted then.</param>
internal readonly record struct TableVersion(long Timestamp, byte[]? Value);
