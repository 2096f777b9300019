using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.App.Iot;

/// <summary>Statistics of what a sensor has measured in some span of time.</summary>
internal sealed record SensorStatistics
{
    /// <summary>Name of the device.</summary>
    public required string Device { get; init; }

    /// <summary>Name of the sensor.</summary>
    public required string Sensor { get; init; }

    /// <summary>When the span begins.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>When it is over.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Number of readings.</summary>
    public required long Count { get; init; }

    /// <summary>Mean of their values.</summary>
    public required double Mean { get; init; }

    /// <summary>The lowest value.</summary>
    public required double Min { get; init; }

    /// <summary>The highest value.</summary>
    public required double Max { get; init; }

    /// <summary>Standard deviation of the sample (by <see cref="Count"/> - 1): the readings stand for what was not measured between them.
    /// Null for a single one.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The statistics of a sensor.</summary>
    /// <param name="sensor">The sensor as <see cref="SensorReading.Key"/> writes it, and the window.</param>
    /// <param name="statistics">Its statistics.</param>
    public static SensorStatistics Of(Windowed<string> sensor, ReadingStatistics statistics)
    {
        var slash = sensor.Key.IndexOf('/', StringComparison.Ordinal);
        return new SensorStatistics
        {
            Device = sensor.Key[..Math.Max(0, slash)],
            Sensor = sensor.Key[(slash + 1)..],
            Start = sensor.Window.StartTime,
            End = sensor.Window.EndTime,
            Count = statistics.Count,
            Mean = statistics.First + statistics.Distance,
            Min = statistics.Min,
            Max = statistics.Max,
            StandardDeviation = statistics.Count > 1 ? Math.Sqrt(statistics.Squares / (statistics.Count - 1)) : null,
        };
    }
}
