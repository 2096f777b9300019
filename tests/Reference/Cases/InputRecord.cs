namespace KafkaFunctions.Reference.Cases;

/// <summary>A record of a case, in the order of processing. A null value is a tombstone where the input is a table.</summary>
public sealed record InputRecord(Side Side, int Partition, long Offset, string? Key, long? Value, long Timestamp);
