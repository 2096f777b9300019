using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Lets a record pass when its id was not seen within a period of event time. The state is the latest time of one that
/// passed.</summary>
internal sealed class DeduplicateOperator<TId, TKey, TValue>(long period, Downstream<TKey, TValue> output)
    : StateOperator<TId, Record<TKey, TValue>, long>(Serdes.Int64)
{
    public override bool CanFold => false;

    public override bool EmitsValue => false;

    public override RowValue<long> Apply(in Operation<TId, Record<TKey, TValue>> operation, in RowValue<long> before, List<OwnEmission> emit)
    {
        if (before.Exists && Math.Abs(operation.Timestamp - before.Value) < period)
        {
            return before;
        }

        emit.Add(new OwnEmission(null, operation.Timestamp));
        return before.Become(before.Exists ? Math.Max(before.Value, operation.Timestamp) : operation.Timestamp, operation.Timestamp);
    }

    public override void Forward(in Operation<TId, Record<TKey, TValue>> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        if (isOfOperation)
        {
            var record = operation.Value;
            output.Forward(in record, context);
        }
    }
}
