namespace KafkaFunctions.Bench.Rebalance;

/// <summary>One process of one instance, from its start to its end.</summary>
/// <param name="Name">Name in messages.</param>
/// <param name="TraceFile">Where it notes what it owns and does.</param>
internal sealed record Life(string Name, string TraceFile)
{
    /// <summary>When the process was gone, in UTC ticks.</summary>
    public long EndedAt { get; set; } = long.MaxValue;
}
