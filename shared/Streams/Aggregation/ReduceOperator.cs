using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Joins each record with what its key has; the first one is taken as it is.</summary>
internal sealed class ReduceOperator<TKey, TValue>(Func<TValue, TValue, TValue> reducer, ISerde<TValue> state, Downstream<TKey, Change<TValue>> output)
    : TableOperator<TKey, TValue, TValue>(state, output)
{
    public override RowValue<TValue> Apply(in Operation<TKey, TValue> operation, in RowValue<TValue> before, List<OwnEmission> emit) =>
        before.Become(before.Exists ? reducer(before.Value, operation.Value) : operation.Value, operation.Timestamp);
}
