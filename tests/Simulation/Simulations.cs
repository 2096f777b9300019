namespace KafkaFunctions.Simulation;

/// <summary>Runs simulations on threads of their own: a scheduler's continuations must find no synchronisation context there.</summary>
internal static class Simulations
{
    private const int StackBytes = 16 * 1024 * 1024;
    private const int SeedsPerThread = 25;

    public static SimulationResult Run(SimulationSettings settings) => Run(settings, 1, 1, CancellationToken.None).Single();

    /// <summary>Runs consecutive seeds as they are asked for; the results come in the order of the seeds.</summary>
    /// <param name="first">The first one, and what they have in common.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many at the same time, each on a thread.</param>
    /// <param name="cancellationToken">Stops between seeds.</param>
    public static IEnumerable<SimulationResult> Run(SimulationSettings first, int count, int threads, CancellationToken cancellationToken)
    {
        for (var from = 0; from < count; from += threads * SeedsPerThread)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var result in RunSome(first with { Seed = first.Seed + from }, Math.Min(threads * SeedsPerThread, count - from), threads))
            {
                yield return result;
            }
        }
    }

    private static SimulationResult[] RunSome(SimulationSettings first, int count, int threads)
    {
        var results = new SimulationResult[count];
        var next = -1;
        Thread[] running = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work, StackBytes))];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        return results;

        void Work()
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                results[i] = World.Run(first with { Seed = first.Seed + i });
            }
        }
    }
}
