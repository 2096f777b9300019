using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Joins.TableJoins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>Takes the right table's changes into the rows of their keys, and tells them to the left keys that name these.</summary>
/// <remarks>What is told, and to whom, is pending with the row: it is the same when the record is delivered again (invariant I3).</remarks>
/// <param name="left">How left keys are stored.</param>
/// <param name="right">How right values are stored.</param>
/// <param name="links">Index of the barrier of left keys' rows.</param>
internal sealed class RightTableOperator<TKey, TForeignKey, TRight>(IDeserializer<TKey> left, ISerializer<TRight> right, int links)
    : StateOperator<TForeignKey, TRight, SubscribersRow>(SubscribersRowSerde.Instance)
{
    public override RowValue<SubscribersRow> Apply(in Operation<TForeignKey, TRight> operation, in RowValue<SubscribersRow> before, List<OwnEmission> emit)
    {
        var row = before.Exists ? before.Value : SubscribersRow.Empty();
        var value = operation.Value is null ? null : right.Serialize(operation.Value);
        if (row.Right.IsUnchangedBy(value, operation.Timestamp))
        {
            return before;
        }

        row.Right = JoinSide.Of(value, operation.Timestamp);
        return row.IsEmpty ? RowValue<SubscribersRow>.None : new RowValue<SubscribersRow>(true, row, operation.Timestamp);
    }

    public override bool IsUnchanged(byte[]? before, long timeBefore, byte[]? after, long timeAfter)
    {
        if (after is null || SubscribersRowSerde.ReadHead(after) is not { Keys: > 0 } now)
        {
            return true;
        }

        var old = before is null ? JoinSide.None : SubscribersRowSerde.ReadHead(before).Right;
        return old.Timestamp == now.Right.Timestamp && old.IsUnchangedBy(now.Right.Value, now.Right.Timestamp);
    }

    public override void Forward(in Operation<TForeignKey, TRight> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        var row = State.Deserialize(entry.Value);
        var run = (KeyedRun<TKey, RightChange>)context.Barriers[links];
        var change = new RightChange(operation.RowKey.Bytes[1..].ToArray(), row.Right, entry.Version, AskedAt: null);
        var headers = isOfOperation ? operation.Headers : context.Input.Headers;
        foreach (var key in row.Keys)
        {
            run.Add(left.Deserialize(key), key, change, entry.Timestamp, headers, context.InputIndex);
        }
    }
}
