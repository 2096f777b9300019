using System.Diagnostics.Metrics;

namespace KafkaFunctions.SelfHost.Telemetry;

/// <summary>The host's measurements.</summary>
internal sealed class HostInstruments
{
    private readonly Histogram<double> _duration;

    public HostInstruments(IMeterFactory meters) =>
        _duration = meters.Create(HostTelemetry.Name).CreateHistogram<double>(
            "kafkafunctions.invocation.duration", "s", "How long invocations of functions took.");

    public void Invoked(string function, bool succeeded, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new("function", function), new("outcome", succeeded ? "succeeded" : "failed"));
}
