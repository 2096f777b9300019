namespace KafkaFunctions.Streams.Processing;

/// <summary>What the identity of a run's outputs will be made of (design rule 1).</summary>
internal enum OriginRule
{
    /// <summary>A stateless function: the source record's identity goes on, a step longer.</summary>
    Extend,

    /// <summary>A stateful function: the path starts with it; that of a result that no single record triggered with its bucket's outbox (rule 6).</summary>
    Restart,

    /// <summary>No source record: a row's current value, published once more (rule 7).</summary>
    None,
}
