namespace KafkaFunctions.Testing.Faults;

/// <summary>The faults that wait for their step. Safe for concurrent use.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<InjectedFault> _faults = [];

    /// <exception cref="ArgumentException">The fault cannot happen there.</exception>
    public InjectedFault Add(Fault fault, Step at, int times, int skip)
    {
        if (!fault.CanStrike(at))
        {
            throw new ArgumentException(
                $"{fault} cannot happen at {at}. It can at {string.Join(", ", Step.All.Where(fault.CanStrike))}.", nameof(at));
        }

        var injected = new InjectedFault(fault, at, times, skip);
        lock (_lock)
        {
            _faults.Add(injected);
        }

        return injected;
    }

    /// <summary>What strikes at a step, in the order of their injection.</summary>
    public IReadOnlyList<Fault> At(StepKind kind, string? function, int records)
    {
        lock (_lock)
        {
            return _faults.Count == 0
                ? []
                : [.. _faults.Where(fault => fault.At.IsReachedBy(kind, function, records) && fault.Strikes()).Select(fault => fault.Fault)];
        }
    }
}
