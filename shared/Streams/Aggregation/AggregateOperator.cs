using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Takes each record into its key's aggregate. The result's time is the highest of what it is made of.</summary>
internal sealed class AggregateOperator<TKey, TValue, TState>(
    Func<TState> initializer, Func<TKey, TValue, TState, TState> aggregator, ISerde<TState> state, Downstream<TKey, Change<TState>> output)
    : TableOperator<TKey, TValue, TState>(state, output)
{
    public override RowValue<TState> Apply(in Operation<TKey, TValue> operation, in RowValue<TState> before, List<OwnEmission> emit) =>
        before.Become(
            aggregator(operation.Key, operation.Value, before.Exists ? before.Value : initializer()),
            operation.Timestamp);
}
