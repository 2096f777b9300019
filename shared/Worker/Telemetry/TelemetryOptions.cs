using System.ComponentModel.DataAnnotations;

namespace KafkaFunctions.Worker.Telemetry;

/// <summary>What the platform tells of itself. Section <c>Telemetry</c> of the settings. Where it is sent is said by OpenTelemetry's
/// own settings.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Telemetry";

    /// <summary>How often the lag of every function is read, zero for never. Default 10 s, at most an hour. Setting
    /// <c>Telemetry__LagInterval</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan LagInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many spans a second batches with records of several traces write into these traces, on an instance; the records of
    /// further traces pass on what they came with, and their trace goes on at the next function. Default 1,000, 0 to 100,000. Setting
    /// <c>Telemetry__RecordSpansPerSecond</c>.</summary>
    [Range(0, 100_000)]
    public int RecordSpansPerSecond { get; set; } = 1_000;
}
