using System.Runtime.InteropServices;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>The windows of a key in the order of their starts, while a batch is applied to them. One thread at a time.</summary>
/// <remarks>The newest windows are in the key's row. When they become many, the oldest move to pages, rows of their own, of which only
/// those are read that a batch needs: what a record costs does not depend on how many windows its key has.</remarks>
internal sealed class Timeline
{
    private readonly List<TimelineSegment> _segments;
    private readonly Func<TimelineEntry> _create;
    private List<RemovedWindow>? _removed;

    public Timeline(Func<TimelineEntry> create, List<TimelineSegment> segments)
    {
        _create = create;
        _segments = segments;
    }

    /// <summary>The highest end of windows that are closed for good; nothing is taken into them.</summary>
    public long Floor { get; set; } = long.MinValue;

    /// <summary>Windows that went into others when they were closed already, and wait for their final results to be published.</summary>
    public List<TimelineEntry> Superseded { get; init; } = [];

    /// <summary>Where the row stands in the index; null where it does not.</summary>
    public DueIndex? Index { get; set; }

    /// <summary><see cref="Index"/> as it is stored.</summary>
    public DueIndex? StoredIndex { get; init; }

    /// <summary>When it was last written, in minutes since 1970-01-01 UTC of wall time.</summary>
    public long WrittenMinute { get; set; }

    /// <summary>Where the numbers of its pages begin: several timelines of a row share them.</summary>
    public long PageBase { get; init; }

    /// <summary>The number that the next page gets, from <see cref="PageBase"/>.</summary>
    public long NextPage { get; set; }

    /// <summary>Pages, and the key's row at the end.</summary>
    public IReadOnlyList<TimelineSegment> Segments => _segments;

    /// <summary>Windows that were merged into others since the last emission, and had been published.</summary>
    public List<RemovedWindow> Removed => _removed ??= [];

    /// <summary>Whether there are any.</summary>
    public bool HasRemoved => _removed is { Count: > 0 };

    public TimelineEntry Create() => _create();

    /// <summary>All windows of the segments that were read, in order.</summary>
    public IEnumerable<TimelineEntry> Entries => _segments.Where(segment => segment.IsRead).SelectMany(segment => segment.Entries!);

    /// <summary>Adds the pages that hold, or would hold, windows of some span and were not read.</summary>
    /// <param name="from">The lowest start, or end.</param>
    /// <param name="to">The highest start.</param>
    /// <param name="missing">Takes their numbers.</param>
    public void Need(long from, long to, ISet<long> missing)
    {
        for (var i = Math.Min(SegmentIndexOf(to), _segments.Count - 2); i >= 0 && IsNeeded(i, from); i--)
        {
            if (!_segments[i].IsRead)
            {
                missing.Add(_segments[i].Id);
            }
        }
    }

    /// <summary>Adds the pages that hold, or would hold, windows of some span.</summary>
    /// <param name="from">The lowest start, or end.</param>
    /// <param name="to">The highest start.</param>
    /// <param name="needed">Takes their numbers.</param>
    /// <param name="missing">Takes the numbers of those that were not read.</param>
    public void Need(long from, long to, HashSet<long> needed, ref List<long>? missing)
    {
        for (var i = Math.Min(SegmentIndexOf(to), _segments.Count - 2); i >= 0 && IsNeeded(i, from); i--)
        {
            if (needed.Add(_segments[i].Id) && !_segments[i].IsRead)
            {
                (missing ??= []).Add(_segments[i].Id);
            }
        }
    }

    /// <summary>The window of exactly these bounds; null where there is none.</summary>
    public TimelineEntry? Find(long start, long end)
    {
        var entries = SegmentOf(start).Entries!;
        var at = IndexOf(entries, new Window(start, end));
        return at >= 0 ? entries[at] : null;
    }

    /// <summary>Adds a window; where the same is there, behind it.</summary>
    public TimelineEntry Add(long start, long end)
    {
        var segment = SegmentOf(start);
        var entry = _create();
        (entry.Start, entry.End, entry.Segment) = (start, end, segment);
        var at = IndexOf(segment.Entries!, entry.Window);
        segment.Entries!.Insert(at >= 0 ? BehindSame(segment.Entries!, at) : ~at, entry);
        segment.First = Math.Min(segment.First, start);
        segment.MaxEnd = Math.Max(segment.MaxEnd, end);
        segment.IsChanged = true;
        return entry;
    }

    /// <summary>Takes a window out, without a word.</summary>
    public static void Remove(TimelineEntry entry)
    {
        entry.Segment.Entries!.Remove(entry);
        entry.Segment.IsChanged = true;
    }

    /// <summary>Notes that an operation changes, or adds, a window. Called before it is changed.</summary>
    /// <param name="entry">The window.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="isNew">Whether it was just added.</param>
    public static void Touch(TimelineEntry entry, int operation, bool isNew)
    {
        if (entry.LastOperation == TimelineEntry.Untouched)
        {
            entry.Published = isNew ? null : entry.Bytes;
        }

        entry.LastOperation = operation;
        entry.Segment.IsChanged = true;
    }

    /// <summary>Takes a window out that went into another, or that has no value any more.</summary>
    /// <param name="entry">The window.</param>
    /// <param name="operation">The operation that takes it out.</param>
    /// <param name="timestamp">Event time of its tombstone.</param>
    /// <param name="staysForFinal">Whether it stays until its final result is published.</param>
    public void Retract(TimelineEntry entry, int operation, long timestamp, bool staysForFinal = false)
    {
        var published = entry.LastOperation == TimelineEntry.Untouched ? entry.Bytes : entry.Published;
        if (published is not null)
        {
            Removed.Add(new RemovedWindow(entry.Window, published, operation, timestamp));
        }

        if (staysForFinal)
        {
            Superseded.Add(entry);
        }

        Remove(entry);
    }

    /// <summary>The windows with an end from one time on and a start up to another, in order; where windows of a timeline do not
    /// contain each other.</summary>
    public List<TimelineEntry> Between(long minEnd, long maxStart)
    {
        var found = new List<TimelineEntry>();
        for (var i = SegmentIndexOf(maxStart); i >= 0; i--)
        {
            var segment = _segments[i];
            if (segment is { IsDecoded: true, Entries.Count: 0 })
            {
                // Its windows went into another one, which may reach further than they did.
                continue;
            }

            if (i < _segments.Count - 1 && segment.MaxEnd < minEnd)
            {
                break;
            }

            var entries = segment.Entries!;
            var at = IndexOf(entries, new Window(maxStart, long.MaxValue));
            for (var j = (at >= 0 ? at : ~at - 1); j >= 0; j--)
            {
                if (entries[j].Start > maxStart)
                {
                    continue;
                }

                if (entries[j].End < minEnd)
                {
                    found.Reverse();
                    return found;
                }

                found.Add(entries[j]);
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>Drops the windows that end by a time: whole pages, and of segments that are written anyway single windows. Windows of a
    /// timeline end in the order of their starts.</summary>
    /// <param name="until">The time.</param>
    /// <param name="maxPages">Most pages that are dropped at once; the rest waits for the next time.</param>
    /// <returns>Whether there were any.</returns>
    public bool Forget(long until, int maxPages)
    {
        var forgot = false;
        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            var isPage = segment.Id != TimelineSegment.Inline;
            if (isPage && segment.MaxEnd <= until)
            {
                if (--maxPages < 0)
                {
                    return forgot;
                }

                segment.Entries = [];
                segment.IsChanged = forgot = true;
            }
            else if (!isPage || segment.IsChanged)
            {
                forgot |= Trim(segment, until);
            }
            else
            {
                return forgot;
            }
        }

        return forgot;
    }

    private static bool Trim(TimelineSegment segment, long until)
    {
        var (entries, count) = (segment.Entries!, 0);
        while (count < entries.Count && entries[count].End <= until)
        {
            count++;
        }

        if (count == 0)
        {
            return false;
        }

        entries.RemoveRange(0, count);
        segment.IsChanged = true;
        return true;
    }

    /// <summary>The lowest end of a window that is not closed; where its page was not read, no later than that; null where all are.</summary>
    public long? EarliestOpen()
    {
        if (Superseded.Count > 0)
        {
            return Superseded.Min(entry => entry.End);
        }

        foreach (var segment in _segments)
        {
            if (segment.MaxEnd <= Floor)
            {
                continue;
            }

            if (!segment.IsDecoded)
            {
                // Nothing has changed in it: what the index says of the first open window holds.
                var known = Index is { Kind: DueKind.Close } index ? index.Time : long.MinValue;
                return Math.Max(Math.Max(segment.First, Floor + 1), known);
            }

            foreach (var entry in segment.Entries!)
            {
                if (entry.End > Floor)
                {
                    return entry.End;
                }
            }
        }

        return null;
    }

    /// <summary>Start of the first window that ends after a time; where its page is not decoded, no later than that; null for none.</summary>
    public long? StartOfFirstAfter(long time)
    {
        foreach (var segment in _segments)
        {
            if (segment.MaxEnd <= time)
            {
                continue;
            }

            if (!segment.IsDecoded)
            {
                return segment.First;
            }

            foreach (var entry in segment.Entries!)
            {
                if (entry.End > time)
                {
                    return entry.Start;
                }
            }
        }

        return null;
    }

    /// <summary>The highest end of all; null where there is no window.</summary>
    public long? Latest()
    {
        for (var i = _segments.Count - 1; i >= 0; i--)
        {
            var segment = _segments[i];
            if (!segment.IsDecoded)
            {
                return segment.MaxEnd;
            }

            if (segment.Entries!.Count > 0)
            {
                return segment.Entries[^1].End;
            }
        }

        return null;
    }

    /// <summary>The first pages that were not read and may have windows that end by a time.</summary>
    /// <param name="until">The time.</param>
    /// <param name="most">How many at most.</param>
    public List<long> Unread(long until, int most)
    {
        var unread = new List<long>();
        foreach (var segment in _segments)
        {
            if (unread.Count == most || segment.First > until)
            {
                break;
            }

            if (!segment.IsRead && segment.MaxEnd > Floor)
            {
                unread.Add(segment.Id);
            }
        }

        return unread;
    }

    /// <summary>The highest end before the first page that was not read.</summary>
    public long LastRead()
    {
        var last = Floor;
        foreach (var segment in _segments)
        {
            if (segment.MaxEnd <= Floor)
            {
                continue;
            }

            if (!segment.IsRead)
            {
                return last;
            }

            if (segment.Entries!.Count > 0)
            {
                last = segment.Entries[^1].End;
            }
        }

        return last;
    }

    /// <summary>The windows that are not closed and end by a time, in order, superseded ones first; of the pages that were read.</summary>
    public IEnumerable<TimelineEntry> Due(long until)
    {
        foreach (var entry in Superseded)
        {
            if (entry.End <= until)
            {
                yield return entry;
            }
        }

        foreach (var segment in _segments)
        {
            if (segment.MaxEnd <= Floor || !segment.IsRead)
            {
                continue;
            }

            foreach (var entry in segment.Entries!)
            {
                if (entry.End > until)
                {
                    yield break;
                }

                if (entry.End > Floor)
                {
                    yield return entry;
                }
            }
        }
    }

    /// <summary>Moves the oldest windows out of the key's row, and splits pages.</summary>
    public void Spill(TimelineLimits limits)
    {
        for (var i = 0; i < _segments.Count; i++)
        {
            var isInline = i == _segments.Count - 1;
            while (_segments[i] is { IsChanged: true } segment && segment.Entries is { Count: > 1 } entries
                && (entries.Count > (isInline ? limits.MaxInline : 2 * limits.PageSize) || SizeOf(entries) > 2 * limits.MaxSegmentBytes))
            {
                Cut(i, CountOf(entries, isInline ? entries.Count - (limits.MaxInline / 2) : entries.Count / 2, limits.PageSize, limits.MaxSegmentBytes));
                i++;
            }
        }
    }

    /// <summary>Takes an empty page out.</summary>
    public void Drop(TimelineSegment page) => _segments.Remove(page);

    private void Cut(int at, int count)
    {
        var segment = _segments[at];
        var entries = segment.Entries!;
        var page = new TimelineSegment { Id = PageBase + NextPage++, First = entries[0].Start, Entries = entries.GetRange(0, count), IsNew = true, IsChanged = true };
        entries.RemoveRange(0, count);
        segment.First = entries[0].Start;
        foreach (var entry in page.Entries)
        {
            entry.Segment = page;
            page.MaxEnd = Math.Max(page.MaxEnd, entry.End);
        }

        page.HasOpen = segment.HasOpen;

        _segments.Insert(at, page);
    }

    /// <summary>How many of the oldest windows a new page takes.</summary>
    private static int CountOf(List<TimelineEntry> entries, int wanted, int pageSize, int maxBytes)
    {
        var most = Math.Clamp(Math.Min(wanted, pageSize), 1, entries.Count - 1);
        var bytes = 0;
        for (var i = 0; i < most; i++)
        {
            bytes += entries[i].Bytes?.Length ?? 0;
            if (i > 0 && bytes > maxBytes)
            {
                return i;
            }
        }

        return most;
    }

    private static long SizeOf(List<TimelineEntry> entries)
    {
        var size = 0L;
        foreach (var entry in entries)
        {
            entry.Encode();
            size += entry.Bytes?.Length ?? 0;
        }

        return size;
    }

    private bool IsNeeded(int index, long from) => _segments[index + 1].First > from || _segments[index].MaxEnd >= from;

    private TimelineSegment SegmentOf(long start) => _segments[SegmentIndexOf(start)];

    private int SegmentIndexOf(long start)
    {
        var (from, to) = (0, _segments.Count - 1);
        while (from < to)
        {
            var middle = (from + to + 1) / 2;
            if (_segments[middle].First <= start)
            {
                from = middle;
            }
            else
            {
                to = middle - 1;
            }
        }

        return from;
    }

    private static int BehindSame(List<TimelineEntry> entries, int at)
    {
        var window = entries[at].Window;
        while (at < entries.Count && entries[at].Window == window)
        {
            at++;
        }

        return at;
    }

    private static int IndexOf(List<TimelineEntry> entries, Window window)
    {
        // Most records are about the newest windows.
        var span = CollectionsMarshal.AsSpan(entries);
        if (span.Length == 0 || span[^1].Window < window)
        {
            return ~span.Length;
        }

        var (from, to) = (0, span.Length - 1);
        while (from <= to)
        {
            var middle = (from + to) / 2;
            var order = span[middle].Window.CompareTo(window);
            if (order == 0)
            {
                return middle;
            }

            (from, to) = order < 0 ? (middle + 1, to) : (from, middle - 1);
        }

        return ~from;
    }
}
