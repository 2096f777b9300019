using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>Takes what a right key has into the rows of left keys that still name it.</summary>
internal sealed class LinkRightOperator<TKey, TLeft, TForeignKey, TRight, TOut>(
    ForeignKeyJoin<TKey, TLeft, TForeignKey, TRight, TOut> join, Downstream<TKey, Change<TOut>> output)
    : LinkOperator<TKey, TLeft, TForeignKey, TRight, TOut, RightChange>(join, output)
{
    public override RowValue<LinkRow> Apply(in Operation<TKey, RightChange> operation, in RowValue<LinkRow> before, List<OwnEmission> emit)
    {
        var change = operation.Value;
        if (!before.Exists || !before.Value.Names(change.ForeignKey) || change.Version <= before.Value.RightVersion)
        {
            return before;
        }

        if (change.AskedAt is { } askedAt && askedAt != before.Value.ChangedAt)
        {
            // An answer to an earlier left value, by an instance that was overtaken: what it emits would pass for a copy.
            return before;
        }

        var row = Shown(before.Value with { Right = change.Right, RightVersion = change.Version });
        // What the right table has not has no time, but its deletion has.
        var time = row.Right.Exists ? row.Right.Timestamp : ComesSecond ? row.Left.Timestamp : operation.Timestamp;
        return new RowValue<LinkRow>(true, row, row.Left.TimeWith(time));
    }

    public override bool IsUnchanged(byte[]? before, long timeBefore, byte[]? after, long timeAfter)
    {
        if (Read(before) is not { } old || Read(after) is not { IsSettled: true } row)
        {
            // What is not settled, whoever wrote the left value is about to emit.
            return true;
        }

        return row.IsShown
            ? Join.HasResult(in old) && old.Right.Timestamp == row.Right.Timestamp && old.Right.IsUnchangedBy(row.Right.Value, row.Right.Timestamp)
            : !old.IsShown;
    }

    public override void Forward(in Operation<TKey, RightChange> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        var headers = isOfOperation ? operation.Headers : context.Input.Headers;
        if (context.Origins == OriginRule.None)
        {
            EmitAgain(operation.Key, entry, headers, context);
        }
        else
        {
            Emit(operation.Key, Read(entry.Value), Read(entry.Old), entry, headers, context);
        }
    }
}
