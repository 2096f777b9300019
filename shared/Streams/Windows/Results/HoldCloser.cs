using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>Lets results go that were held, by the clock of a source partition.</summary>
/// <param name="table">The store.</param>
/// <param name="hold">How long they are held.</param>
/// <param name="source">The source partition.</param>
/// <param name="boundary">What is held since then, or since before, goes.</param>
/// <param name="isByIdleness">Whether the clock went on by itself.</param>
internal sealed class HoldCloser(RowTable table, HoldRules hold, int source, long boundary, bool isByIdleness)
    : ResultCloser(table, DueKind.Release, source, boundary)
{
    private readonly RowTable _table = table;
    private readonly int _source = source;
    private int _gone;

    /// <summary>How far to go at the boundary itself; null for all that is held since then.</summary>
    public HeldMark? Mark { get; init; }

    protected override DueIndex? IndexOf(RowWork work) => Decode(work).StoredHeldIndex;

    protected override async Task<List<FinalResult>> CloseKeyAsync(RowWork work, long until, int room, CancellationToken cancellationToken)
    {
        var timeline = Decode(work);
        var due = timeline.DueHeld(until);
        while (due.Count == 0 && timeline.UnreadHeld(until, TimelineLimits.MaxClosedPages) is { Count: > 0 } missing)
        {
            await _table.ReadPagesAsync(work, missing, cancellationToken).ConfigureAwait(false);
            timeline = Decode(work);
            due = timeline.DueHeld(until);
        }

        var key = work.Key.Bytes[1..].ToArray();
        var results = new List<FinalResult>();
        var changed = new HashSet<TimelineSegment>();
        foreach (var (held, entry) in due.Where((held, index) => Mark?.Covers(held.Result.Since, key, _gone + index) ?? true))
        {
            var result = new FinalResult(key, held.Window, held.Timestamp, held.Value, isByIdleness) { HeldSince = held.Since };
            room -= result.Size;
            if (results.Count > 0 && (room < 0 || (entry is not null && changed.Count >= TimelineLimits.MaxChangedPages && !changed.Contains(entry.Segment))))
            {
                break;
            }

            if (entry is not null)
            {
                changed.Add(entry.Segment);
            }

            results.Add(result);
            timeline.Release(held, entry);
        }

        // A key may take several turns. After a conflict too few go, and the next batch sees to it.
        _gone += Mark?.IsOf(key) == true ? results.Count : 0;
        TimelineWriter.SetHeldIndex(timeline, hold, _source);
        if (results.Count > 0 || timeline.HeldIndex != timeline.StoredHeldIndex)
        {
            work.Folded = TimelineWriter.Write(_table, work, timeline, bytes => work.Row! with { Value = bytes, Version = work.Row.Version + 1 }, 0);
        }

        return results;
    }

    private Timeline Decode(RowWork work) => TimelineReader.Decode(_table.Store, work);
}
