namespace KafkaFunctions.Simulation.Scheduling;

/// <summary>What code under test waits for.</summary>
internal enum StepKind
{
    /// <summary>The next input record comes from outside.</summary>
    Feed,

    /// <summary>Records of a partition.</summary>
    Poll,

    /// <summary>A pause before a batch is run again.</summary>
    Retry,

    /// <summary>A timer.</summary>
    Timer,

    /// <summary>A store is opened.</summary>
    Open,

    /// <summary>Rows are read.</summary>
    Read,

    /// <summary>A page of a range is read.</summary>
    Scan,

    /// <summary>A transaction.</summary>
    Write,

    /// <summary>Records are published.</summary>
    Publish,

    /// <summary>The ends of a topic's partitions are asked for.</summary>
    Ends,

    /// <summary>An offset is committed.</summary>
    Commit,
}
