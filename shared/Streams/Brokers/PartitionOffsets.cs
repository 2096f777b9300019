namespace KafkaFunctions.Streams.Brokers;

/// <summary>The range of a partition's offsets.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Start">Offset of the oldest record kept.</param>
/// <param name="End">Offset that the next record will get.</param>
public readonly record struct PartitionOffsets(int Partition, long Start, long End);
