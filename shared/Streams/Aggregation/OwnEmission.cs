namespace KafkaFunctions.Streams.Aggregation;

/// <summary>What an operation emits beside the row's new value.</summary>
/// <param name="Value">The bytes; null for nothing but the sign that it emits.</param>
/// <param name="Timestamp">Event time.</param>
internal readonly record struct OwnEmission(byte[]? Value, long Timestamp);
