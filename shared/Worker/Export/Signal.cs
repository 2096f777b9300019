namespace KafkaFunctions.Worker.Export;

/// <summary>Kinds of telemetry.</summary>
internal enum Signal
{
    /// <summary>Spans.</summary>
    Traces,

    /// <summary>Metrics.</summary>
    Metrics,

    /// <summary>Log lines.</summary>
    Logs,
}
