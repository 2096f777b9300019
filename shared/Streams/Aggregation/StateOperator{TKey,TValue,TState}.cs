using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>An operator whose rows have a value of a type.</summary>
internal abstract class StateOperator<TKey, TValue, TState>(ISerde<TState> state) : StateOperator<TKey, TValue>
{
    /// <summary>Whether one emission, at the last record, can stand for all of a batch.</summary>
    public virtual bool CanFold => true;

    /// <summary>Whether the row's new value is what is emitted, rather than what operations emit by themselves.</summary>
    public virtual bool EmitsValue => true;

    public ISerde<TState> State => state;

    public override PayloadFormat ValueFormat => IPayloadFormat.Of(state);

    /// <summary>Applies an operation: user code. What it emits by itself goes to <paramref name="emit"/>.</summary>
    public abstract RowValue<TState> Apply(in Operation<TKey, TValue> operation, in RowValue<TState> before, List<OwnEmission> emit);

    /// <summary>Whether nobody need hear of a change.</summary>
    public virtual bool IsUnchanged(byte[]? before, long timeBefore, byte[]? after, long timeAfter) => before is null && after is null;

    /// <summary>What an emission keeps of the row's value before, where it keeps any.</summary>
    public virtual byte[]? OldOf(byte[]? before) => before;

    public override FoldedRow Fold(KeyedRun<TKey, TValue> run, RowWork work) =>
        ((RowFold<TKey, TValue, TState>)(run.Folding ??= new RowFold<TKey, TValue, TState>(this, run))).Run(work);
}
