namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>A change of a foreign-key join's left table.</summary>
/// <param name="Value">The left value; null deletes.</param>
/// <param name="At">Where its record stands.</param>
internal readonly record struct LeftChange<TLeft>(TLeft Value, LeftPosition At);
