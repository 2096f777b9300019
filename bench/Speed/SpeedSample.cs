namespace KafkaFunctions.Bench.Speed;

/// <summary>Figures of one contender in one round, between its first and its last output.</summary>
/// <param name="RecordsPerSecond">Input records per second.</param>
/// <param name="CpuPerMillion">CPU seconds of the process per million input records.</param>
/// <param name="AllocatedPerRecord">Bytes allocated per input record; null where unknown.</param>
internal sealed record SpeedSample(double RecordsPerSecond, double CpuPerMillion, double? AllocatedPerRecord);
