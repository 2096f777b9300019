namespace KafkaFunctions.Streams.Brokers;

/// <summary>How far behind a consumer group is in a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Committed">Offset of the next record to process; null where nothing is committed.</param>
/// <param name="End">Offset that the next record will get.</param>
/// <param name="Lag">Records still to process of those that the topic keeps.</param>
public readonly record struct PartitionLag(int Partition, long? Committed, long End, long Lag);
