using System.Diagnostics.Metrics;

namespace KafkaFunctions.Streams.Telemetry;

/// <summary>Makes the meters of the libraries.</summary>
public static class Meters
{
    /// <summary>A library's meter, by the app's factory; without one, one of its own: without listeners it holds nothing.</summary>
    /// <param name="meters">The factory; null for none.</param>
    /// <param name="name">The library's name.</param>
    public static Meter Of(IMeterFactory? meters, string name) => meters?.Create(name) ?? new Meter(name);
}
