namespace KafkaFunctions.Bench.Brokers;

/// <summary>What happens to the brokers.</summary>
internal enum TroubleKind
{
    /// <summary>One is stopped as an operator would, and started again.</summary>
    StopOne,

    /// <summary>One is killed (SIGKILL), and started again.</summary>
    KillOne,

    /// <summary>One is frozen (SIGSTOP), and goes on.</summary>
    PauseOne,

    /// <summary>All are killed, and started again.</summary>
    KillAll,

    /// <summary>All are frozen, and go on.</summary>
    PauseAll,
}
