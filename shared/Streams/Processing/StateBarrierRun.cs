using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Processing;

/// <summary>A barrier in one run of a batch: collects records, waits for their state, and gives what goes on. One thread at a time.</summary>
internal abstract class StateBarrierRun
{
    /// <summary>How much has been collected.</summary>
    public abstract int Count { get; }

    /// <summary>Whether there is anything to execute.</summary>
    public virtual bool HasWork => Count > 0;

    /// <summary>What goes on behind the barrier, in the order of the input records.</summary>
    public abstract int Emissions { get; }

    /// <summary>Takes back what was collected last.</summary>
    public abstract void Truncate(int count);

    /// <summary>Reads and writes the state for what has been collected.</summary>
    public abstract Task ExecuteAsync(CancellationToken cancellationToken);

    /// <summary>Index in the batch of the record that an emission is of.</summary>
    public abstract int InputOf(int emission);

    /// <summary>Place of an emission's operation among those of its record.</summary>
    public virtual int OrdinalOf(int emission) => 0;

    /// <summary>Sends an emission on.</summary>
    public abstract void Forward(int emission, RunContext context);

    /// <summary>Reads the rows again that have several writers, and gives those that have moved on (design rule 7).</summary>
    /// <returns>How many; the indexes are to be sent on with <see cref="ForwardAgain"/>.</returns>
    public virtual Task<int> LookAgainAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    /// <summary>Index in the batch of the record whose row has moved on.</summary>
    public virtual int InputOfAgain(int index) => throw new InvalidOperationException("Nothing was looked at again.");

    /// <summary>Sends the current value of a row on that has moved on.</summary>
    public virtual void ForwardAgain(int index, RunContext context) => throw new InvalidOperationException("Nothing was looked at again.");

    /// <summary>The next results that no single record triggered (design rule 6); null when there are none, or no more.</summary>
    public virtual Task<IReadOnlyList<(PendingResults Row, FinalResult Result)>?> DrainAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(PendingResults, FinalResult)>?>(null);

    /// <summary>Sends one of them on.</summary>
    public virtual void Forward(FinalResult result, RunContext context) => throw new InvalidOperationException("There are no such results.");
}
