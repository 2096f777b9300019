using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Processing;

/// <summary>A place in a processor where the records of a batch wait for state. Immutable once the processor runs.</summary>
internal abstract class StateBarrier
{
    /// <summary>Whether it keeps state, rather than look at another function's.</summary>
    public abstract bool KeepsState { get; }

    /// <summary>The store that it keeps or looks at.</summary>
    public abstract string Store { get; }

    /// <summary>Whether its rows are what the store is read for, rather than what they need beside them.</summary>
    public virtual bool HasValues => true;

    /// <summary>The operator's name, as stores know it.</summary>
    public abstract string Kind { get; }

    /// <summary>The function's part in a store that several write; null where the function alone does.</summary>
    public virtual StoreShare? Share => null;

    /// <summary>The windows that its rows hold; null where they hold none.</summary>
    public virtual IWindowOperator? Windows => null;

    /// <summary>The join of streams whose records its rows hold; null where they hold none.</summary>
    public virtual IStreamJoin? StreamJoin => null;

    /// <summary>What keys of the store are.</summary>
    public virtual PayloadFormat KeyFormat => PayloadFormat.Bytes;

    /// <summary>What values of the store are.</summary>
    public virtual PayloadFormat ValueFormat => PayloadFormat.Bytes;

    /// <exception cref="InvalidOperationException">It cannot stand in one function with those before it.</exception>
    public abstract void CheckBeside(IReadOnlyList<StateBarrier> before);

    public abstract StateBarrierRun Start(BatchRun batch);
}
