using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Results;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>Lets records of a side go that stay without partner, by the clock of the other side.</summary>
/// <param name="table">The store.</param>
/// <param name="windows">How far apart records may be.</param>
/// <param name="side">The side.</param>
/// <param name="boundary">Records whose last partner's time is no later go.</param>
internal sealed class JoinCloser(RowTable table, JoinWindows windows, StreamSide side, long boundary) : ResultCloser(table, DueKind.Close, (int)side, boundary)
{
    private readonly RowTable _table = table;

    protected override DueIndex? IndexOf(RowWork work) => StreamJoinRow.Of(_table.Store, work)[side].StoredIndex;

    protected override async Task<List<FinalResult>> CloseKeyAsync(RowWork work, long until, int room, CancellationToken cancellationToken)
    {
        var row = StreamJoinRow.Of(_table.Store, work);
        while (FirstOpen(row).Where(segment => !segment.IsRead).Select(segment => segment.Id).ToList() is { Count: > 0 } missing)
        {
            await _table.ReadPagesAsync(work, missing, cancellationToken).ConfigureAwait(false);
            row = StreamJoinRow.Of(_table.Store, work);
        }

        var key = work.Key.Bytes[1..].ToArray();
        var results = new List<FinalResult>();
        foreach (var entry in FirstOpen(row).SelectMany(segment => segment.Entries!).Where(entry => JoinEntry.IsOpen(entry) && StreamJoinRow.EndOf(entry.Start, windows, side) <= until))
        {
            var result = new FinalResult(key, entry.Window, entry.Start, JoinPair.Encode(side, JoinEntry.ValueOf(entry), null), IsByIdleness: false);
            room -= result.Size;
            if (room < 0 && results.Count > 0)
            {
                break;
            }

            results.Add(result);
            JoinEntry.LeaveAlone(entry);
        }

        row.SetIndex(windows);
        if (results.Count > 0 || row[side].Index != row[side].StoredIndex)
        {
            // Also where nothing was due after all: what the index said of a page that had not been read was too early.
            work.Folded = TimelineWriter.Write(
                _table, work, row.Sides, () => work.Row! with { Value = row.Encode(), Version = work.Row.Version + 1 }, 0);
        }

        return results;
    }

    /// <summary>Pages that have records without partner, in order, as many as one write takes; behind them the key's row.</summary>
    private List<TimelineSegment> FirstOpen(StreamJoinRow row) =>
        [.. row[side].Segments.Where(segment => segment.HasOpen || segment.Id == TimelineSegment.Inline).Take(TimelineLimits.MaxClosedPages)];
}
