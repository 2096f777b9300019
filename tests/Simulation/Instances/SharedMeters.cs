using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KafkaFunctions.Worker.Telemetry;

namespace KafkaFunctions.Simulation.Instances;

/// <summary>One meter per name for all simulations: nobody listens, and thousands of instances need none of their own.</summary>
internal sealed class SharedMeters : IMeterFactory
{
    private readonly ConcurrentDictionary<string, Meter> _meters = new(StringComparer.Ordinal);

    public static SharedMeters Instance { get; } = new();

    public static WorkerInstruments Worker { get; } = new(Instance);

    public Meter Create(MeterOptions options) => _meters.GetOrAdd(options.Name, name => new Meter(name));

    public void Dispose()
    {
    }
}
