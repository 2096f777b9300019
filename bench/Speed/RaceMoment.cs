namespace KafkaFunctions.Bench.Speed;

/// <summary>One look at a contender.</summary>
/// <param name="Ends">Ends of the output topic, by partition.</param>
/// <param name="Timestamp">When, in ticks of the stopwatch.</param>
/// <param name="Cpu">CPU seconds of the process since it began.</param>
internal sealed record RaceMoment(long[] Ends, long Timestamp, double Cpu)
{
    public long Count { get; } = Ends.Sum();
}
