using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>Closes windows by the clock of a source partition.</summary>
/// <param name="table">The store.</param>
/// <param name="rules">The windows' rules.</param>
/// <param name="source">The source partition.</param>
/// <param name="boundary">The highest end of closed windows.</param>
/// <param name="isByIdleness">Whether the clock went on by itself.</param>
internal sealed class WindowCloser(RowTable table, WindowRules rules, int source, long boundary, bool isByIdleness) : ResultCloser(table, DueKind.Close, source, boundary)
{
    private readonly RowTable _table = table;
    private readonly long _boundary = boundary;
    private readonly int _source = source;

    protected override DueIndex? IndexOf(RowWork work) => Decode(work).StoredIndex;

    protected override async Task<List<FinalResult>> CloseKeyAsync(RowWork work, long until, int room, CancellationToken cancellationToken)
    {
        var timeline = Decode(work);
        while (!timeline.Due(LastOf(timeline, until)).Any() && timeline.Unread(until, TimelineLimits.MaxClosedPages) is { Count: > 0 } missing)
        {
            await _table.ReadPagesAsync(work, missing, cancellationToken).ConfigureAwait(false);
            timeline = Decode(work);
        }

        var key = work.Key.Bytes[1..].ToArray();
        var results = new List<FinalResult>();
        var closed = new HashSet<TimelineEntry>();
        foreach (var entry in timeline.Due(LastOf(timeline, until)).OrderBy(entry => entry.End).ThenBy(entry => entry.Start))
        {
            // What ends at the same time is closed together: the row knows what is closed by its end.
            if (room < 0 && entry.End > results[^1].Window.End)
            {
                until = results[^1].Window.End;
                break;
            }

            var result = new FinalResult(key, entry.Window, entry.Timestamp, entry.Bytes, isByIdleness);
            room -= result.Size;
            results.Add(result);
            closed.Add(entry);
        }

        if (results.Count > 0)
        {
            timeline.DropSuperseded(closed.Contains);
            timeline.Floor = Math.Max(timeline.Floor, HasUnread(timeline, until) ? results[^1].Window.End : until);
            rules.Forget(timeline, _boundary, hasFinals: true);
        }

        TimelineWriter.SetIndex(timeline, hasFinals: true, _source);
        if (results.Count > 0 || timeline.Index != timeline.StoredIndex)
        {
            // Also where nothing was due after all: what the index said of a page that had not been read was too early.
            work.Folded = TimelineWriter.Write(_table, work, timeline, bytes => work.Row! with { Value = bytes, Version = work.Row.Version + 1 }, 0);
        }

        return results;
    }

    /// <summary>How far windows can be closed with the pages that were read.</summary>
    private static long LastOf(Timeline timeline, long until) => HasUnread(timeline, until) ? Math.Min(until, timeline.LastRead()) : until;

    private static bool HasUnread(Timeline timeline, long until) => timeline.Unread(until, 1).Count > 0;

    private Timeline Decode(RowWork work) => TimelineReader.Decode(_table.Store, work);
}
