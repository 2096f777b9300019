namespace KafkaFunctions.Bench.Accounting;

/// <summary>An input record as it stands in its topic.</summary>
/// <param name="Id">Its number in the workload; -1 where it is none of it.</param>
/// <param name="Timestamp">Its timestamp.</param>
/// <param name="Key">Fingerprint of its key.</param>
/// <param name="Value">Fingerprint of its value.</param>
/// <param name="HasHeader">Whether it carries the workload's header.</param>
internal readonly record struct InputEntry(int Id, long Timestamp, ulong Key, ulong Value, bool HasHeader);
