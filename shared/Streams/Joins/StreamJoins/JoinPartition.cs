namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>How far a side is in a partition.</summary>
/// <param name="StreamTime">The highest timestamp so far; -1 for none.</param>
/// <param name="IsCaughtUp">Whether nothing was left to read.</param>
internal readonly record struct JoinPartition(long StreamTime, bool IsCaughtUp);
