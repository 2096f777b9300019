namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>Where the record of a left value stands in its topic.</summary>
internal readonly record struct LeftPosition(int Partition, long Offset);
