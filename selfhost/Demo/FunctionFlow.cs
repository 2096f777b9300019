namespace KafkaFunctions.SelfHost.Demo;

/// <summary>What has flowed through a function so far.</summary>
internal sealed record FunctionFlow(string Function)
{
    /// <summary>Records taken in.</summary>
    public long In { get; init; }

    /// <summary>Records taken in per second since the last look.</summary>
    public double InPerSecond { get; init; }

    /// <summary>Records published.</summary>
    public long Out { get; init; }

    /// <summary>Records published per second since the last look.</summary>
    public double OutPerSecond { get; init; }

    /// <summary>Records that gave no output.</summary>
    public long Dropped { get; init; }

    /// <summary>Records that went to the dead-letter topic.</summary>
    public long DeadLettered { get; init; }

    /// <summary>Publishes tried again.</summary>
    public long Retries { get; init; }

    /// <summary>Records that wait in the function's topic; null where that is not known.</summary>
    public long? Lag { get; init; }
}
