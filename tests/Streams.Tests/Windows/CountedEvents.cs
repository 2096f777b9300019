using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>What one runtime counts, by the instruments' names.</summary>
internal sealed class CountedEvents : IMeterFactory
{
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private readonly MeterListener _listener = new();
    private Meter? _meter;

    public CountedEvents()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, this))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, _, _) => _counts.AddOrUpdate(instrument.Name, count, (_, before) => before + count));
        _listener.Start();
    }

    public long this[string name] => _counts.GetValueOrDefault(name);

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return _meter ??= new Meter(options);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter?.Dispose();
    }
}
