using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Aggregation;

/// <summary>Keeps the latest value of each key: the last by offset, even if its time is older. Null deletes.</summary>
internal sealed class TableSourceOperator<TKey, TValue>(ISerde<TValue> state, Downstream<TKey, Change<TValue>> output)
    : TableOperator<TKey, TValue, TValue>(state, output)
{
    public override RowValue<TValue> Apply(in Operation<TKey, TValue> operation, in RowValue<TValue> before, List<OwnEmission> emit)
    {
        if (operation.Value is null)
        {
            return RowValue<TValue>.None;
        }

        return before.Exists && operation.Timestamp >= before.Timestamp && IsSame(before.Value, operation.Value)
            ? before
            : new RowValue<TValue>(true, operation.Value, operation.Timestamp);
    }

    public override bool IsUnchanged(byte[]? before, long timeBefore, byte[]? after, long timeAfter) =>
        before is null || after is null ? before == after : timeBefore == timeAfter && before.AsSpan().SequenceEqual(after);

    private bool IsSame(TValue left, TValue right) => State.Serialize(left).AsSpan().SequenceEqual(State.Serialize(right));
}
