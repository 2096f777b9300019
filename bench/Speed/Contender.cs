using KafkaFunctions.Bench.Processes;

namespace KafkaFunctions.Bench.Speed;

/// <summary>One of the programs whose speed is compared: reads the input topic, writes what passes to the output topic.</summary>
internal abstract class Contender
{
    public abstract string Name { get; }

    /// <summary>The consumer group of a round.</summary>
    public abstract string GroupOf(int round);

    /// <summary>Starts the program for a round; it begins with the oldest record.</summary>
    public abstract Task<ChildProcess> StartAsync(int round, CancellationToken cancellationToken);

    /// <summary>Bytes allocated so far, asked of the running program; null where it cannot be asked.</summary>
    public virtual Task<double?> ReadAllocatedAsync(CancellationToken cancellationToken) => Task.FromResult<double?>(null);

    /// <summary>Stops the program (SIGTERM).</summary>
    /// <returns>Bytes allocated in its whole life, told at its end; null where it does not tell.</returns>
    public abstract Task<double?> StopAsync(CancellationToken cancellationToken);
}
