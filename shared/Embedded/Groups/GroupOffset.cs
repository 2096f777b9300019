namespace KafkaFunctions.Embedded;

/// <summary>How far a consumer group has come in a partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">Offset of the next record to process.</param>
public readonly record struct GroupOffset(string Topic, int Partition, long Offset);
