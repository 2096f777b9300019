namespace KafkaFunctions.Streams.Processing;

/// <summary>What the identity of a run's outputs will be made of (design rule 1).</summary>
internal enum OriginRule
{
    /// <summary>A stateless function: the source record's identity goes on, a step longer.</summary>
    Extend,

    /// <summary>A stateful function: the path starts with it.</summary>
    Restart,

    /// <summary>A result that no single record triggered: the path is that of its bucket's outbox (rule 6).</summary>
    Result,

    /// <summary>No source record: a row's current value, published once more (rule 7).</summary>
    None,
}
