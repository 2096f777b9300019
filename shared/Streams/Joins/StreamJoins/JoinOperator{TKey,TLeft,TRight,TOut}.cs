using KafkaFunctions.Streams.Aggregation;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Results;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>A join of two streams, as one of its functions runs it.</summary>
internal sealed class JoinOperator<TKey, TLeft, TRight, TOut>(StreamJoin<TKey, TLeft, TRight, TOut> join, StreamSide side, Downstream<TKey, TOut> output)
    : JoinOperator<TKey>(join.Kind, join.Windows, side, join.ShareOf)
{
    public override void Forward(in Operation<TKey, JoinInput> operation, PendingEntry entry, bool isOfOperation, RunContext context) =>
        Forward(operation.Key, entry.Value!, entry.Timestamp, isOfOperation ? operation.Headers : context.Input.Headers, context);

    public override void Forward(FinalResult result, RunContext context) =>
        Forward(join.Key.Deserialize(result.Key), result.Value!, result.Timestamp, [], context);

    /// <summary>Sends a left record on that has no key, and so no partner.</summary>
    public void ForwardAlone(Record<TKey, TLeft> record, RunContext context)
    {
        var joined = record.WithValue(join.Joiner(record.Value, default));
        output.Forward(in joined, context);
    }

    /// <inheritdoc cref="ForwardAlone(Record{TKey, TLeft}, RunContext)"/>
    public void ForwardAlone(Record<TKey, TRight> record, RunContext context)
    {
        var joined = record.WithValue(join.Joiner(default, record.Value));
        output.Forward(in joined, context);
    }

    private void Forward(TKey key, byte[] pair, long timestamp, RecordHeader[]? headers, RunContext context)
    {
        var (left, right) = JoinPair.Decode(pair);
        var value = join.Joiner(left is null ? default : join.Left.Deserialize(left), right is null ? default : join.Right.Deserialize(right));
        var record = new Record<TKey, TOut>(key, value, timestamp, headers!);
        output.Forward(in record, context);
    }
}
