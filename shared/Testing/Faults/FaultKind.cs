namespace KafkaFunctions.Testing.Faults;

/// <summary>Kinds of <see cref="Fault"/>.</summary>
internal enum FaultKind
{
    Crash,
    Rebalance,
    Slow,
    Duplicate,
    Unavailable,
    Conflict,
    LostAcknowledgement,
}
