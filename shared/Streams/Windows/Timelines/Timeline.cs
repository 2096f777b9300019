namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>The windows of a key in the order of their starts, while a batch is applied to them. One thread at a time.</summary>
/// <remarks>The newest windows are in the key's row. When they become many, the oldest move to pages, rows of their own, of which only
/// those are read that a batch needs: what a record costs does not depend on how many windows its key has.</remarks>
internal sealed partial class Timeline
{
    private readonly List<TimelineSegment> _segments;
    private readonly Func<TimelineEntry> _create;
    private List<RemovedWindow>? _removed;
    private List<TimelineEntry>? _superseded;

    public Timeline(Func<TimelineEntry> create, List<TimelineSegment> segments, List<TimelineEntry>? superseded = null, List<HeldResult>? held = null)
    {
        _superseded = superseded;
        _create = create;
        _segments = segments;
        _held = held;
    }

    /// <summary>The highest end of windows that are closed for good; nothing is taken into them.</summary>
    public long Floor { get; set; } = long.MinValue;

    /// <summary>Windows that went into others when they were closed already, and wait for their final results to be published.</summary>
    public IReadOnlyList<TimelineEntry> Superseded => _superseded ?? [];

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
        var segment = SegmentOf(start);
        var at = segment.IndexOf(new Window(start, end));
        return at >= 0 ? segment.Entries![at] : null;
    }

    /// <summary>Adds a window; where the same is there, behind it.</summary>
    public TimelineEntry Add(long start, long end)
    {
        var entry = _create();
        (entry.Start, entry.End) = (start, end);
        SegmentOf(start).Add(entry);
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
            (_superseded ??= []).Add(entry);
        }

        HoldTombstone(entry, timestamp);

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
            var at = segment.IndexOf(new Window(maxStart, long.MaxValue));
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
                forgot |= segment.Trim(until);
            }
            else
            {
                return forgot;
            }
        }

        return forgot;
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

    /// <summary>Moves the oldest windows out of the key's row, and splits pages.</summary>
    public void Spill(TimelineLimits limits)
    {
        for (var i = 0; i < _segments.Count; i++)
        {
            var isInline = i == _segments.Count - 1;
            while (_segments[i] is { IsChanged: true } segment && segment.Entries is { Count: > 1 } entries
                && (entries.Count > (isInline ? limits.MaxInline : 2 * limits.PageSize) || segment.Measure() > 2 * limits.MaxSegmentBytes))
            {
                var wanted = isInline ? entries.Count - (limits.MaxInline / 2) : entries.Count / 2;
                _segments.Insert(i, segment.Cut(PageBase + NextPage++, Math.Min(wanted, limits.PageSize), limits.MaxSegmentBytes));
                i++;
            }
        }
    }

    /// <summary>Drops superseded windows whose final results are on their way.</summary>
    public void DropSuperseded(Predicate<TimelineEntry> isDone) => _superseded?.RemoveAll(isDone);

    /// <summary>Takes an empty page out.</summary>
    public void Drop(TimelineSegment page) => _segments.Remove(page);

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
}
