namespace KafkaFunctions.Streams.Records;

/// <summary>Where a published record landed.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset in it; -1 where a repeated, idempotent send was acknowledged without one.</param>
public readonly record struct RecordPosition(int Partition, long Offset);
