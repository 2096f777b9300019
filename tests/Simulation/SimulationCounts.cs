namespace KafkaFunctions.Simulation;

/// <summary>How much happened in a simulation, or in many.</summary>
internal readonly record struct SimulationCounts
{
    public long Steps { get; init; }

    /// <summary>Records in all topics.</summary>
    public long Records { get; init; }

    /// <summary>Records that are copies of others.</summary>
    public long Copies { get; init; }

    public long DeadLetters { get; init; }

    public long Batches { get; init; }

    /// <summary>Invocations that failed and were run again.</summary>
    public long Failures { get; init; }

    public long Crashes { get; init; }

    public long Zombies { get; init; }

    public long Moves { get; init; }

    /// <summary>Offset commits of owners that had lost their partition.</summary>
    public long Fenced { get; init; }

    public static SimulationCounts operator +(SimulationCounts left, SimulationCounts right) => new()
    {
        Steps = left.Steps + right.Steps,
        Records = left.Records + right.Records,
        Copies = left.Copies + right.Copies,
        DeadLetters = left.DeadLetters + right.DeadLetters,
        Batches = left.Batches + right.Batches,
        Failures = left.Failures + right.Failures,
        Crashes = left.Crashes + right.Crashes,
        Zombies = left.Zombies + right.Zombies,
        Moves = left.Moves + right.Moves,
        Fenced = left.Fenced + right.Fenced,
    };
}
