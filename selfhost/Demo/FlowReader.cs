using KafkaFunctions.SelfHost.CommandLine.Groups;

namespace KafkaFunctions.SelfHost.Demo;

/// <summary>Looks at what flows, function by function. Not safe for concurrent use.</summary>
internal sealed class FlowReader(FlowMeterListener counts, LagMonitor lags, IConsumerGroupCatalog catalog, TimeProvider time)
{
    private static readonly FunctionCounts NoCounts = new();

    private Dictionary<string, FunctionFlow> _last = [];
    private long _lastAt = time.GetTimestamp();

    /// <summary>Every function that reads a topic, in the app's order, then what else has counted something.</summary>
    public IReadOnlyList<FunctionFlow> Take()
    {
        var now = time.GetTimestamp();
        var seconds = time.GetElapsedTime(_lastAt, now).TotalSeconds;
        var names = catalog.Consumers.Select(consumer => consumer.Function)
            .Concat(counts.Functions.Keys.Order(StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal);
        var flows = names.Select(name => Flow(name, seconds)).ToList();

        _last = flows.ToDictionary(flow => flow.Function, StringComparer.Ordinal);
        _lastAt = now;
        return flows;
    }

    private FunctionFlow Flow(string function, double seconds)
    {
        var totals = counts.Functions.GetValueOrDefault(function, NoCounts);
        var last = _last.GetValueOrDefault(function);
        var flow = new FunctionFlow(function)
        {
            In = totals[FlowCounter.In],
            Out = totals[FlowCounter.Out],
            Dropped = totals[FlowCounter.Dropped],
            DeadLettered = totals[FlowCounter.DeadLettered],
            Retries = totals[FlowCounter.Retries],
            Lag = lags.LagOf(function),
        };
        return seconds > 0
            ? flow with { InPerSecond = (flow.In - (last?.In ?? 0)) / seconds, OutPerSecond = (flow.Out - (last?.Out ?? 0)) / seconds }
            : flow;
    }
}
