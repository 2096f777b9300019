namespace KafkaFunctions.Streams.Brokers;

/// <summary>How far a consumer group has come in a partition.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Offset of the next record to process; null where the group has committed nothing.</param>
public readonly record struct CommittedOffset(int Partition, long? Offset);
