using System.Diagnostics;

namespace KafkaFunctions.Worker.Telemetry;

/// <summary>Name and source of the library's telemetry.</summary>
internal static class WorkerTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "KafkaFunctions.Worker";

    public static ActivitySource Source { get; } = new(Name);
}
