namespace KafkaFunctions.Simulation;

/// <summary>Runs simulations, each on a thread of its own: a scheduler's continuations must find no synchronisation context there.</summary>
internal static class Simulations
{
    private const int StackBytes = 16 * 1024 * 1024;
    private const int AtOnce = 50;

    public static SimulationResult Run(SimulationSettings settings)
    {
        SimulationResult? result = null;
        OnThread(() => result = new World(settings).Run());
        return result!;
    }

    /// <summary>Runs consecutive seeds one after the other, as they are asked for.</summary>
    /// <param name="first">The first one, and what they have in common.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops between seeds.</param>
    public static IEnumerable<SimulationResult> Run(SimulationSettings first, int count, CancellationToken cancellationToken)
    {
        for (var from = 0; from < count; from += AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seeds = Enumerable.Range(first.Seed + from, Math.Min(AtOnce, count - from));
            var results = new List<SimulationResult>(AtOnce);
            OnThread(() => results.AddRange(seeds.Select(seed => new World(first with { Seed = seed }).Run())));
            foreach (var result in results)
            {
                yield return result;
            }
        }
    }

    private static void OnThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
#pragma warning disable CA1031 // Thrown again by the caller.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    failure = error;
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            throw new InvalidOperationException("The simulation itself failed.", failure);
        }
    }
}
