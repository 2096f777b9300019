using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>State in, outputs and state out: the operator of the function's own making. Every record's outputs are kept.</summary>
internal sealed class ProcessOperator<TKey, TValue, TState, TOut>(
    StateProcess<TKey, TValue, TState, TOut> process,
    ISerde<TState> state,
    ISerde<TOut> outputs,
    Downstream<TKey, TOut> output) : StateOperator<TKey, TValue, TState>(state)
{
    public override bool CanFold => false;

    public override bool EmitsValue => false;

    public override RowValue<TState> Apply(in Operation<TKey, TValue> operation, in RowValue<TState> before, List<OwnEmission> emit)
    {
        var record = new Record<TKey, TValue>(operation.Key, operation.Value, operation.Timestamp, operation.Headers ?? []);
        var after = process(operation.Key, before.Exists ? before.Value : default, record, new Emitter<TOut>(outputs, emit, operation.Timestamp));
        return before.Become(after, operation.Timestamp);
    }

    public override void Forward(in Operation<TKey, TValue> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        var headers = isOfOperation ? operation.Headers : context.Input.Headers;
        var record = new Record<TKey, TOut>(operation.Key, outputs.Deserialize(entry.Value), entry.Timestamp, headers ?? []);
        output.Forward(in record, context);
    }
}
