using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Joins.TableJoins;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>Takes the left table's changes into the rows of their keys. Where the right key is the same, the result is known; else the old
/// right key's row is left, and the new one's entered (design rule 4), which then tells what it has.</summary>
/// <param name="join">The join.</param>
/// <param name="subscriptions">Index of the barrier of right keys' rows.</param>
/// <param name="output">What takes the results.</param>
internal sealed class LinkLeftOperator<TKey, TLeft, TForeignKey, TRight, TOut>(
    ForeignKeyJoin<TKey, TLeft, TForeignKey, TRight, TOut> join, int subscriptions, Downstream<TKey, Change<TOut>> output)
    : LinkOperator<TKey, TLeft, TForeignKey, TRight, TOut, LeftChange<TLeft>>(join, output)
{
    public override RowValue<LinkRow> Apply(in Operation<TKey, LeftChange<TLeft>> operation, in RowValue<LinkRow> before, List<OwnEmission> emit)
    {
        var (change, at) = operation.Value;
        var value = change is null ? null : Join.Left.Serialize(change);
        var old = before.Exists ? before.Value : default(LinkRow?);
        if ((old?.Left ?? JoinSide.None).IsUnchangedBy(value, operation.Timestamp))
        {
            return before;
        }

        var oldRight = old?.Right ?? JoinSide.None;
        if (value is null)
        {
            return RowValue<LinkRow>.None with { Timestamp = oldRight.TimeWith(operation.Timestamp) };
        }

        var left = new JoinSide(value, operation.Timestamp);
        var foreignKey = Join.ForeignKeyOf(change!);
        var row = Shown(old is { } known && known.Names(foreignKey)
            ? known with { Left = left, ChangedAt = at }
            : new LinkRow(left, foreignKey, JoinSide.None, LinkRow.Unknown, old is { IsShown: true }, at));
        var endsResult = row.IsSettled && !row.IsShown;
        return new RowValue<LinkRow>(true, row, (endsResult ? oldRight : row.Right).TimeWith(operation.Timestamp));
    }

    public override bool IsUnchanged(byte[]? before, long timeBefore, byte[]? after, long timeAfter) =>
        before is null || after is null ? before == after : before.AsSpan().SequenceEqual(after);

    public override byte[]? OldOf(byte[]? before) =>
        KeepsOldResult || before is null ? before : State.Serialize(State.Deserialize(before) with { Left = JoinSide.None, Right = JoinSide.None });

    public override void Forward(in Operation<TKey, LeftChange<TLeft>> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        var headers = isOfOperation ? operation.Headers : context.Input.Headers;
        if (context.Origins == OriginRule.None)
        {
            EmitAgain(operation.Key, entry, headers, context);
            return;
        }

        var (row, old) = (Read(entry.Value), Read(entry.Old));
        Subscribe(in operation, row, old, entry, headers, context);
        // Where it is not settled yet whether there is a result, one that is shown stays for now. It may have ended in between, too: a
        // folded batch has deletions that nobody has heard of.
        var hasResult = row is { IsSettled: true, IsShown: true };
        var endsResult = row is not { IsShown: true } && old is { IsShown: true };
        if (hasResult || endsResult)
        {
            Emit(operation.Key, row, old, entry, headers, context);
        }
    }

    private void Subscribe(in Operation<TKey, LeftChange<TLeft>> operation, LinkRow? row, LinkRow? old, PendingEntry entry, RecordHeader[]? headers, RunContext context)
    {
        var run = (KeyedRun<TKey, Subscription>)context.Barriers[subscriptions];
        var (foreignKey, oldForeignKey) = (row?.ForeignKey, old?.ForeignKey);
        var leftKey = operation.RowKey.Bytes[1..].ToArray();
        if (oldForeignKey is not null && row?.Names(oldForeignKey) != true)
        {
            run.Add(operation.Key, oldForeignKey, new Subscription(leftKey, Enters: false, default), entry.Timestamp, headers, context.InputIndex);
        }

        if (foreignKey is not null && row is { IsSettled: false })
        {
            run.Add(operation.Key, foreignKey, new Subscription(leftKey, Enters: true, row.Value.ChangedAt), entry.Timestamp, headers, context.InputIndex);
        }
    }
}
