using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>An operator on the rows of left keys. Results are those rows' emissions, whichever function writes them: so they have an order
/// and a version per key.</summary>
internal abstract class LinkOperator<TKey, TLeft, TForeignKey, TRight, TOut, TChange>(
    ForeignKeyJoin<TKey, TLeft, TForeignKey, TRight, TOut> join, Downstream<TKey, Change<TOut>> output) : StateOperator<TKey, TChange, LinkRow>(LinkRowSerde.Instance)
{
    /// <summary>Whether changes carry the result before, as far as it is known.</summary>
    public bool KeepsOldResult { get; set; }

    protected ForeignKeyJoin<TKey, TLeft, TForeignKey, TRight, TOut> Join => join;

    protected LinkRow Shown(LinkRow row) => row.IsSettled ? row with { IsShown = join.HasResult(in row) } : row;

    protected LinkRow? Read(byte[]? bytes) => bytes is null ? null : State.Deserialize(bytes);

    /// <summary>Sends a row's result on, or a tombstone where there is none.</summary>
    protected void Emit(TKey key, LinkRow? row, LinkRow? old, PendingEntry entry, RecordHeader[]? headers, RunContext context)
    {
        var (hasNew, now) = ResultOf(row);
        var knowsOld = KeepsOldResult && entry.HasOld && (old is null || old.Value.IsSettled);
        var (hasOld, before) = knowsOld ? ResultOf(old) : (false, default!);
        var change = new Change<TOut>(hasNew, now, knowsOld, hasOld, before);
        var record = new Record<TKey, Change<TOut>>(key, change, entry.Timestamp, VersionHeaders.Add(headers, entry.Version));
        output.Forward(in record, context);
    }

    /// <summary>Sends the result on of a row that has moved on (design rule 7).</summary>
    /// <remarks>Where the result is not known yet, and there was one, the function that wrote the left value emits something in any case,
    /// and later than this.</remarks>
    protected void EmitAgain(TKey key, PendingEntry entry, RecordHeader[]? headers, RunContext context)
    {
        var row = Read(entry.Value);
        if (row is not { IsSettled: false, IsShown: true })
        {
            Emit(key, row, null, entry, headers, context);
        }
    }

    private (bool Exists, TOut Result) ResultOf(LinkRow? row)
    {
        if (row is not { } link || !join.HasResult(in link))
        {
            return (false, default!);
        }

        var result = join.Join(in link);
        return (result is not null, result);
    }
}
