using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.SelfHost.Telemetry;

/// <summary>The host's measurements. Safe for concurrent use.</summary>
internal sealed class HostInstruments
{
    private readonly ConcurrentDictionary<string, Assignment> _assignments = new(StringComparer.Ordinal);
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<int> _active;
    private volatile bool _isReady;

    public HostInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(HostTelemetry.Name);
        _duration = meter.CreateHistogram("kafkafunctions.invocation.duration", "s", "How long invocations of functions took.", advice: Durations.Advice);
        _active = meter.CreateUpDownCounter<int>("kafkafunctions.invocation.active", "{invocation}", "Invocations that run now.");
        _ = meter.CreateObservableUpDownCounter(
            "kafkafunctions.consumer.partitions",
            () => _assignments.Select(function => new Measurement<int>(function.Value.Partitions, Tag(function.Key))),
            "{partition}",
            "Partitions that this instance reads.");
        _ = meter.CreateObservableCounter(
            "kafkafunctions.consumer.rebalances",
            () => _assignments.Select(function => new Measurement<long>(function.Value.Changes, Tag(function.Key))),
            "{rebalance}",
            "Times that this instance was given partitions or had them taken away.");
        _ = meter.CreateObservableGauge("kafkafunctions.health.ready", () => _isReady ? 1 : 0, description: "1 while the instance is ready, else 0.");
    }

    /// <summary>What the health checks say.</summary>
    public void ReadinessKnown(bool isReady) => _isReady = isReady;

    public void Started(string function) => _active.Add(1, Tag(function));

    public void Invoked(string function, bool succeeded, TimeSpan duration)
    {
        _active.Add(-1, Tag(function));
        _duration.Record(duration.TotalSeconds, Tag(function), new("outcome", succeeded ? "succeeded" : "failed"));
    }

    /// <summary>A function is run here, without partitions as yet.</summary>
    public void Announce(string function) => _assignments.TryAdd(function, default);

    /// <summary>A function has so many partitions more.</summary>
    public void PartitionsChanged(string function, int change) => _assignments.AddOrUpdate(
        function, new Assignment(change, 1), (_, before) => new Assignment(before.Partitions + change, before.Changes + 1));

    private static KeyValuePair<string, object?> Tag(string function) => new("function", function);

    private readonly record struct Assignment(int Partitions, long Changes);
}
