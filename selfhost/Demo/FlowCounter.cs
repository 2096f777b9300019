namespace KafkaFunctions.SelfHost.Demo;

/// <summary>What is counted for a function.</summary>
internal enum FlowCounter
{
    /// <summary>Records taken in.</summary>
    In,

    /// <summary>Records published.</summary>
    Out,

    /// <summary>Records that gave no output.</summary>
    Dropped,

    /// <summary>Records that went to the dead-letter topic.</summary>
    DeadLettered,

    /// <summary>Publishes tried again.</summary>
    Retries,
}
