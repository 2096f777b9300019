using System.Diagnostics;
using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Embedded.Telemetry;

/// <summary>Name and sources of the library's telemetry.</summary>
internal static class EmbeddedTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "KafkaFunctions.Embedded";

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>The library's meter, by an app's factory; without one, one of its own.</summary>
    public static Meter MeterOf(IMeterFactory? meters) => Meters.Of(meters, Name);
}
