namespace KafkaFunctions.Bench.Rebalance;

/// <summary>What an instance notes in its trace file.</summary>
internal enum TraceEventKind
{
    /// <summary>It owns a partition from now on.</summary>
    Assigned,

    /// <summary>It owns the partition no longer.</summary>
    Revoked,

    /// <summary>An invocation with records of the partition begins.</summary>
    Start,

    /// <summary>That invocation has ended.</summary>
    End,
}
