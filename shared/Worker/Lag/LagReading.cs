namespace KafkaFunctions.Worker.Lag;

/// <summary>Where a function is in a partition.</summary>
/// <param name="Tags">Function, group, topic and partition.</param>
/// <param name="Lag">Records that wait.</param>
/// <param name="Committed">Offset of the next record; null where nothing is committed.</param>
internal sealed record LagReading(KeyValuePair<string, object?>[] Tags, long Lag, long? Committed);
