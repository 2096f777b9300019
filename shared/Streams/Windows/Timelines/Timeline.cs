using System.Runtime.InteropServices;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>The windows of a key in the order of their starts, while a batch is applied to them. One thread at a time.</summary>
/// <remarks>The newest windows are in the key's row. When they become many, the oldest move to pages, rows of their own, of which only
/// those are read that a batch needs: what a record costs does not depend on how many windows its key has.</remarks>
internal sealed class Timeline
{
    private readonly List<TimelineSegment> _segments;
    private readonly Func<TimelineEntry> _create;

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
    public List<RemovedWindow> Removed { get; } = [];

    public TimelineEntry Create() => _create();

    /// <summary>All windows of the segments that were read, in order.</summary>
    public IEnumerable<TimelineEntry> Entries => _segments.Where(segment => segment.Entries is not null).SelectMany(segment => segment.Entries!);

    /// <summary>Adds the pages that hold, or would hold, windows of some span and were not read.</summary>
    /// <param name="from">The lowest start, or end.</param>
    /// <param name="to">The highest start.</param>
    /// <param name="missing">Takes their numbers.</param>
    public void Need(long from, long to, ISet<long> missing)
    {
        for (var i = 0; i < _segments.Count - 1; i++)
        {
            var segment = _segments[i];
            if ((i > 0 && segment.First > to) || (_segments[i + 1].First <= from && segment.MaxEnd < from))
            {
                continue;
            }

            if (segment.Entries is null)
            {
                missing.Add(segment.Id);
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

    /// <summary>Drops the windows that end by a time. Windows of a timeline end in the order of their starts.</summary>
    /// <returns>Whether there were any, in pages that were read or in such that are dropped as a whole.</returns>
    public bool Forget(long until)
    {
        var forgot = false;
        for (var i = 0; i < _segments.Count; i++)
        {
            var segment = _segments[i];
            if (segment.Entries is null)
            {
                if (segment.MaxEnd <= until)
                {
                    segment.Entries = [];
                    segment.IsChanged = forgot = true;
                }

                continue;
            }

            var count = 0;
            while (count < segment.Entries.Count && segment.Entries[count].End <= until)
            {
                count++;
            }

            if (count > 0)
            {
                segment.Entries.RemoveRange(0, count);
                segment.IsChanged = forgot = true;
            }
        }

        return forgot;
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
            if (segment.Entries is null)
            {
                if (segment.MaxEnd > Floor)
                {
                    return Math.Max(segment.First, Floor + 1);
                }

                continue;
            }

            foreach (var entry in segment.Entries)
            {
                if (entry.End > Floor)
                {
                    return entry.End;
                }
            }
        }

        return null;
    }

    /// <summary>The first window, of the pages that were read, that ends after a time; null for none.</summary>
    public TimelineEntry? FirstAfter(long time) => Entries.FirstOrDefault(entry => entry.End > time);

    /// <summary>The highest end of all; null where there is no window.</summary>
    public long? Latest()
    {
        for (var i = _segments.Count - 1; i >= 0; i--)
        {
            var segment = _segments[i];
            if (segment.Entries is null)
            {
                return segment.MaxEnd;
            }

            if (segment.Entries.Count > 0)
            {
                return segment.Entries[^1].End;
            }
        }

        return null;
    }

    /// <summary>The first page that was not read and may have windows that end by a time; null for none.</summary>
    public long? FirstUnread(long until)
    {
        foreach (var segment in _segments)
        {
            if (segment.Entries is null && segment.MaxEnd > Floor && segment.First <= until)
            {
                return segment.Id;
            }
        }

        return null;
    }

    /// <summary>The highest end before the first page that was not read.</summary>
    public long LastRead()
    {
        var last = Floor;
        foreach (var segment in _segments)
        {
            if (segment.Entries is null)
            {
                if (segment.MaxEnd > Floor)
                {
                    return last;
                }
            }
            else if (segment.Entries.Count > 0)
            {
                last = segment.Entries[^1].End;
            }
        }

        return last;
    }

    /// <summary>The windows that are not closed and end by a time, in order; of the pages that were read.</summary>
    public IEnumerable<TimelineEntry> Due(long until) =>
        Superseded.Concat(Entries.Where(entry => entry.End > Floor)).Where(entry => entry.End <= until);

    /// <summary>Moves the oldest windows out of the key's row, and splits pages.</summary>
    /// <param name="maxInline">Most windows in the key's row.</param>
    /// <param name="pageSize">Windows of a new page; twice as many split one.</param>
    /// <param name="maxBytes">Most bytes of the windows of either, where there is more than one.</param>
    public void Spill(int maxInline, int pageSize, int maxBytes)
    {
        for (var i = 0; i < _segments.Count; i++)
        {
            var isInline = i == _segments.Count - 1;
            while (_segments[i] is { Entries: { Count: > 1 } entries, IsChanged: true }
                && (entries.Count > (isInline ? maxInline : 2 * pageSize) || SizeOf(entries) > 2 * maxBytes))
            {
                Cut(i, CountOf(entries, isInline ? entries.Count - (maxInline / 2) : entries.Count / 2, pageSize, maxBytes));
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
        var page = new TimelineSegment { Id = PageBase + NextPage++, First = entries[0].Start, Entries = entries.GetRange(0, count), IsChanged = true };
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
