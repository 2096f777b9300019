namespace KafkaFunctions.Bench.Backends;

/// <summary>Where the topics of a run live.</summary>
internal enum BackendKind
{
    /// <summary>The embedded event log.</summary>
    Embedded,

    /// <summary>A real Kafka.</summary>
    Kafka,
}
