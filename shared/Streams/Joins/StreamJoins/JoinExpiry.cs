using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Maintenance;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>Deletes the rows of keys whose records both sides' clocks have left behind, and of which none waits.</summary>
internal sealed class JoinExpiry : RowExpiry
{
    private readonly RowTable _table;
    private readonly Dictionary<SourcePartition, long> _next;

    private JoinExpiry(RowTable table, long until, Dictionary<SourcePartition, long> next, StateRuntime state)
        : base(table, 0, until, state)
    {
        _table = table;
        _next = next;
    }

    public static async Task<JoinExpiry> ReadAsync(
        RowTable table, JoinWindows windows, StoreShare share, StateRuntime state, Func<string, string?>? topicOf, CancellationToken cancellationToken)
    {
        var reader = new JoinClockReader(table, state, topicOf);
        StoreShare[] shares = [share with { Index = 0 }, share with { Index = 1 }];
        var progress = await Task.WhenAll(shares.Select(side => reader.ReadProgressAsync(side, cancellationToken))).ConfigureAwait(false);
        var ends = await Task.WhenAll(shares.Select(side => reader.ReadEndsAsync(side, cancellationToken))).ConfigureAwait(false);
        var next = new Dictionary<SourcePartition, long>();
        for (var i = 0; i < shares.Length; i++)
        {
            foreach (var (partition, known) in progress[i])
            {
                next[new SourcePartition(shares[i].SourceOf(reader.TopicOf(shares[i])!), partition)] = known.Next;
            }
        }

        var clock = JoinClock.LowestOf([.. shares.SelectMany((_, i) => JoinClockReader.PartitionsOf(progress[i], ends[i], []))]);
        return new JoinExpiry(table, windows.ForgottenAt(clock), next, state);
    }

    protected override async Task<bool> TryDeleteAsync(RowWork work, CancellationToken cancellationToken)
    {
        var row = StreamJoinRow.Of(_table.Store, work);
        var left = row[StreamSide.Left];
        if (left.StoredIndex is not { Kind: DueKind.Expire })
        {
            return false;
        }

        if (row.Latest() is { } latest && latest > Until)
        {
            // New records have come since.
            left.Index = StreamJoinRow.ExpiryAt(latest);
            work.Folded = TimelineWriter.Write(_table, work, row.Sides, () => work.Row! with { Value = row.Encode() }, 0);
            await _table.TryWriteAsync([work], [], cancellationToken).ConfigureAwait(false);
            return false;
        }

        return IsOld(left)
            && work.Row!.Applied.All(applied => applied.Offset < _next.GetValueOrDefault(applied.Source))
            && await TryDeleteAsync(work, [left, row[StreamSide.Right]], cancellationToken).ConfigureAwait(false);
    }
}
