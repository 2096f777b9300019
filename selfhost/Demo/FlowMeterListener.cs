using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KafkaFunctions.SelfHost.Demo;

/// <summary>Sums up the worker's counters by function.</summary>
internal sealed class FlowMeterListener : IDisposable
{
    private const string MeterName = "KafkaFunctions.Worker";
    private const string FunctionTag = "function";

    private static readonly Dictionary<string, FlowCounter> Counters = new(StringComparer.Ordinal)
    {
        ["kafkafunctions.records.in"] = FlowCounter.In,
        ["kafkafunctions.records.out"] = FlowCounter.Out,
        ["kafkafunctions.records.dropped"] = FlowCounter.Dropped,
        ["kafkafunctions.records.dead_lettered"] = FlowCounter.DeadLettered,
        ["kafkafunctions.publish.retries"] = FlowCounter.Retries,
    };

    private readonly ConcurrentDictionary<string, FunctionCounts> _functions = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public FlowMeterListener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeterName && Counters.TryGetValue(instrument.Name, out var counter))
            {
                listener.EnableMeasurementEvents(instrument, counter);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    /// <summary>Totals by function, of the functions that have counted anything.</summary>
    public IReadOnlyDictionary<string, FunctionCounts> Functions => _functions;

    /// <summary>Stops to listen.</summary>
    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, long count, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var (name, value) in tags)
        {
            if (name == FunctionTag && value is string function)
            {
                _functions.GetOrAdd(function, static _ => new FunctionCounts()).Add((FlowCounter)state!, count);
                return;
            }
        }
    }
}
