namespace KafkaFunctions.Bench.Speed;

/// <summary>What was seen of one contender in one round. Offsets are ends of the output topic, by partition.</summary>
/// <param name="Before">Before it was started.</param>
/// <param name="First">When its first outputs were seen.</param>
/// <param name="After">When it was done.</param>
/// <param name="Seconds">From the first outputs to the last.</param>
/// <param name="Cpu">CPU seconds in that time.</param>
/// <param name="Allocated">Bytes allocated in that time; null where unknown.</param>
/// <param name="LifetimeAllocated">Bytes allocated in its whole life; null where it does not tell.</param>
internal sealed record RaceLap(
    long[] Before, long[] First, long[] After, double Seconds, double Cpu, double? Allocated, double? LifetimeAllocated)
{
    public long FirstOutputs => First.Sum() - Before.Sum();

    public long Outputs => After.Sum() - Before.Sum();

    /// <summary>The figures.</summary>
    /// <param name="measured">Input records that belong to the time measured.</param>
    /// <param name="records">All input records.</param>
    public SpeedSample ToSample(double measured, long records) =>
        new(measured / Seconds, Cpu / measured * 1_000_000, LifetimeAllocated / records ?? Allocated / measured);
}
