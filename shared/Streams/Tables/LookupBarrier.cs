using KafkaFunctions.Streams.Processing;

namespace KafkaFunctions.Streams.Tables;

/// <summary>Where records wait for what a table has for them. It writes nothing: the function is a stateless one.</summary>
/// <param name="table">The table.</param>
/// <param name="joiner">Record and table's value to the result.</param>
/// <param name="keepsUnmatched">Whether records without match go on.</param>
/// <param name="output">What takes the results.</param>
internal sealed class LookupBarrier<TKey, TValue, TLookup, TTable, TOut>(
    TableRef<TLookup, TTable> table, Func<TValue, TTable?, TOut> joiner, bool keepsUnmatched, Downstream<TKey, TOut> output) : StateBarrier
{
    public override bool KeepsState => false;

    public override string Store => table.Store;

    public override string Kind => "Join";

    public TableRef<TLookup, TTable> Table => table;

    public Func<TValue, TTable?, TOut> Joiner => joiner;

    public bool KeepsUnmatched => keepsUnmatched;

    public Downstream<TKey, TOut> Output => output;

    public override void CheckBeside(IReadOnlyList<StateBarrier> before)
    {
        if (before.FirstOrDefault(barrier => barrier.KeepsState) is { } state)
        {
            throw new InvalidOperationException(
                $"A function that keeps state ({state.Kind} of '{state.Store}') cannot look up '{table.Store}' as well: what it finds may differ when a record is delivered again. Write to a topic between the two, and make the join a function of its own.");
        }
    }

    public override StateBarrierRun Start(BatchRun batch) => new LookupRun<TKey, TValue, TLookup, TTable, TOut>(this, batch);
}
