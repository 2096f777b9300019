using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Joins.TableJoins;

/// <summary>Takes the changes of one side into the common row of a key, and gives the result of both.</summary>
/// <param name="join">The join.</param>
/// <param name="isLeft">Whether it is the left side.</param>
/// <param name="side">How the side's values are stored.</param>
/// <param name="output">What takes the results.</param>
internal sealed class TableJoinOperator<TKey, TSide, TLeft, TRight, TOut>(
    TableJoin<TKey, TLeft, TRight, TOut> join, bool isLeft, ISerializer<TSide> side, Downstream<TKey, Change<TOut>> output)
    : StateOperator<TKey, TSide, JoinRow>(JoinRowSerde.Instance)
{
    /// <summary>Stands for a row that had a result, where nobody asks for the result itself.</summary>
    private static readonly byte[] HadResult = [];

    /// <summary>Whether changes carry the result before, rather than only whether there was one.</summary>
    public bool KeepsOldResult { get; set; }

    public override RowValue<JoinRow> Apply(in Operation<TKey, TSide> operation, in RowValue<JoinRow> before, List<OwnEmission> emit)
    {
        var row = before.Exists ? before.Value : JoinRow.Empty;
        var (mine, other) = isLeft ? (row.Left, row.Right) : (row.Right, row.Left);
        var value = operation.Value is null ? null : side.Serialize(operation.Value);
        if (mine.IsUnchangedBy(value, operation.Timestamp))
        {
            return before;
        }

        row = row.With(isLeft, JoinSide.Of(value, operation.Timestamp));
        return row.IsEmpty ? RowValue<JoinRow>.None : new RowValue<JoinRow>(true, row, other.TimeWith(operation.Timestamp));
    }

    public override bool IsUnchanged(byte[]? before, long timeBefore, byte[]? after, long timeAfter) =>
        before is null || after is null ? before == after : timeBefore == timeAfter && before.AsSpan().SequenceEqual(after);

    public override byte[]? OldOf(byte[]? before) =>
        KeepsOldResult || before is null ? before : join.HasResult(State.Deserialize(before)) ? HadResult : null;

    public override void Forward(in Operation<TKey, TSide> operation, PendingEntry entry, bool isOfOperation, RunContext context)
    {
        var (hasNew, now) = ResultOf(entry.Value);
        var (hasOld, old) = entry.Old is { Length: 0 } ? (true, default!) : ResultOf(entry.Old);
        if (!hasNew && entry.HasOld && !hasOld)
        {
            // A tombstone goes on only where a result existed.
            return;
        }

        var change = new Change<TOut>(hasNew, now, entry.HasOld && KeepsOldResult, hasOld && KeepsOldResult, old);
        var headers = VersionHeaders.Add(isOfOperation ? operation.Headers : context.Input.Headers, entry.Version);
        var record = new Record<TKey, Change<TOut>>(operation.Key, change, entry.Timestamp, headers);
        output.Forward(in record, context);
    }

    private (bool Exists, TOut Result) ResultOf(byte[]? bytes)
    {
        if (bytes is null || State.Deserialize(bytes) is var row && !join.HasResult(in row))
        {
            return (false, default!);
        }

        var result = join.Join(in row);
        return (result is not null, result);
    }
}
