using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>What is done to the rows of a store, and with what they emit. Immutable once the processor runs.</summary>
/// <typeparam name="TKey">Type of the rows' keys.</typeparam>
/// <typeparam name="TValue">What records apply to rows.</typeparam>
internal abstract class StateOperator<TKey, TValue>
{
    /// <summary>What the rows' values are.</summary>
    public abstract PayloadFormat ValueFormat { get; }

    /// <summary>Whether several source partitions, and so several instances, write a row (design rule 7).</summary>
    public bool HasSeveralWriters { get; init; }

    /// <summary>Whether an operator before it in the function has come to the row for the same record. Its operations change nothing when
    /// they are applied again, as the row has noted the record already, and its emissions are told from those of the other.</summary>
    public bool ComesSecond { get; init; }

    /// <summary>Whether emissions carry the value before.</summary>
    public bool KeepsOld { get; set; }

    /// <summary>Whether records that it ignores may close something all the same, as they move its clock.</summary>
    public virtual bool ClosesWithoutRecords => false;

    /// <summary>What an emission says of a row's value.</summary>
    public virtual byte[]? NewOf(byte[]? row) => row;

    /// <summary>Applies a batch's operations to a row.</summary>
    public abstract FoldedRow Fold(KeyedRun<TKey, TValue> run, RowWork work);

    /// <summary>What is to be known before rows are read.</summary>
    public virtual Task PrepareAsync(KeyedRun<TKey, TValue> run, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What follows when all rows are written; windows are closed here.</summary>
    public virtual Task CloseAsync(KeyedRun<TKey, TValue> run, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends on a result that no single record triggered.</summary>
    public virtual void Forward(FinalResult result, RunContext context) => throw new InvalidOperationException("The operator has no such results.");

    /// <summary>Sends on what a row has to say about a record.</summary>
    public abstract void Forward(in Operation<TKey, TValue> operation, PendingEntry entry, bool isOfOperation, RunContext context);
}
