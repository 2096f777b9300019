using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Progress;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Simulation.Stores;

/// <summary>An instance's view of a store where a rule of final results is broken.</summary>
internal sealed class BrokenResults(ProtocolRule broken, Dice dice)
{
    private readonly HashSet<(StateBucket Bucket, StateKey Key)> _own = [];

    public static bool IsOutbox(StateKey? key) => key is { } known && known.Bytes[0] == RowKeys.Outbox;

    /// <summary>The rows of an outbox, as they come to be published.</summary>
    public IReadOnlyList<StateRow> Outbox(IStateStore stored, StateBucket bucket, List<StateRow> rows)
    {
        switch (broken)
        {
            case ProtocolRule.Outbox:
                rows.RemoveAll(row => !_own.Contains((bucket, row.Key)));
                break;
            case ProtocolRule.OutboxOrder:
                var shuffled = rows.ToArray();
                dice.Shuffle(shuffled);
                return shuffled;
            case ProtocolRule.OutboxUntilPublished:
                rows.ForEach(row => Synchronous.ResultOf(stored.WriteAsync(bucket, [new StateWrite(row.Key, null, row.ETag)], CancellationToken.None)));
                break;
        }

        return rows;
    }

    /// <summary>A transaction, as it is written.</summary>
    public IReadOnlyList<StateWrite> Write(StateBucket bucket, IReadOnlyList<StateWrite> writes)
    {
        switch (broken)
        {
            case ProtocolRule.Outbox:
                _own.UnionWith(writes.Where(write => IsOutbox(write.Key)).Select(write => (bucket, write.Key)));
                return writes;
            case ProtocolRule.ClosedRow when writes.Any(write => IsOutbox(write.Key) && write.Value is not null):
                return [.. writes.Select(WithoutClosed)];
            case ProtocolRule.StreamTime when bucket == StateBucket.Progress:
                return [.. writes.Select(WithoutStreamTime)];
            default:
                return writes;
        }
    }

    /// <summary>A row whose windows are all closed is deleted, where there was one.</summary>
    private static StateWrite WithoutClosed(StateWrite write) =>
        write.Key.Bytes[0] == RowKeys.Value && write is { Value: { } value, ETag: not null } && HasNoWindow(value) ? write with { Value = null } : write;

    private static bool HasNoWindow(byte[] row) =>
        TimelineCodec.Decode(RowCodec.Decode(row).Value, null, static () => new TimelineEntry()) is { Segments.Count: 1 } timeline && !timeline.Entries.Any();

    private static StateWrite WithoutStreamTime(StateWrite write) => write.Key.Bytes[0] == RowKeys.Progress
        ? write with { Value = ProgressCodec.Encode(ProgressCodec.Decode(write.Value) with { StreamTime = SourceProgress.Start.StreamTime }) }
        : write;
}
