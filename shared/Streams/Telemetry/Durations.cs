using System.Diagnostics.Metrics;

namespace KafkaFunctions.Streams.Telemetry;

/// <summary>Bounds of histograms of durations in seconds.</summary>
public static class Durations
{
    /// <summary>From a millisecond to half a minute.</summary>
    public static InstrumentAdvice<double> Advice { get; } = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    };
}
