namespace KafkaFunctions.Streams.Windows.Timelines;

/// <content>Results that are held until a time limit. The value of a window that is held is the window's own, until it is due.</content>
internal sealed partial class Timeline
{
    private List<HeldResult>? _held;

    // Of what was read; null where it has to be found out.
    private long? _earliestRead;
    private long? _bytesAside;
    private long _dueUntil = long.MinValue;

    /// <summary>Whether changes are held.</summary>
    public bool Holds { get; set; }

    /// <summary>What is held beside the windows, in the order in which it is emitted.</summary>
    public IReadOnlyList<HeldResult> Held => _held ?? [];

    /// <summary>Where the row stands in the index by what is held; null where it does not.</summary>
    public DueIndex? HeldIndex { get; set; }

    /// <summary><see cref="HeldIndex"/> as it is stored.</summary>
    public DueIndex? StoredHeldIndex { get; init; }

    /// <summary>Holds a window's result, unless it is held already.</summary>
    /// <param name="entry">The window.</param>
    /// <param name="since">Event time of the update.</param>
    public void Hold(TimelineEntry entry, long since)
    {
        if (Holds && !entry.IsHeld)
        {
            entry.HeldSince = TakeTombstone(entry) ?? Math.Min(since, TimelineEntry.NotHeld - 1);
            Note(entry.HeldSince);
        }
    }

    /// <summary>Sets aside what is due of the windows of some span, as it is: later changes are held anew. Where much is set aside already,
    /// a later value stands for it.</summary>
    /// <param name="until">What is held since then, or since before, is due.</param>
    /// <param name="from">The lowest start, or end.</param>
    /// <param name="to">The highest start.</param>
    public void SetDueAside(long until, long from, long to)
    {
        _dueUntil = until;
        _earliestRead ??= _segments.Where(segment => segment.IsRead).Select(segment => segment.Held.Earliest).Append(TimelineEntry.NotHeld).Min();
        if (_earliestRead > until)
        {
            return;
        }

        SetDueAside(until, from, to, _segments[^1]);
        for (var i = Math.Min(SegmentIndexOf(to), _segments.Count - 2); i >= 0 && IsNeeded(i, from); i--)
        {
            SetDueAside(until, from, to, _segments[i]);
        }
    }

    /// <summary>Since when something is held, at the earliest; null where nothing is.</summary>
    public long? EarliestHeld()
    {
        var earliest = Holds ? Math.Min(EarliestBeside(), _segments.Min(segment => segment.Held.Earliest)) : TimelineEntry.NotHeld;
        return earliest == TimelineEntry.NotHeld ? null : earliest;
    }

    /// <summary>How many results are held.</summary>
    public int CountHeld() => Holds ? Held.Count + _segments.Sum(segment => segment.Held.Count) : 0;

    /// <summary>The lowest end of windows that are held; where their page was not decoded, no later than that; null for none.</summary>
    public long? LowestHeldEnd()
    {
        if (!Holds)
        {
            return null;
        }

        foreach (var segment in _segments)
        {
            if (segment.Held.Count > 0)
            {
                return segment.IsDecoded ? segment.Entries!.First(entry => entry.IsHeld).End : segment.First;
            }
        }

        return null;
    }

    /// <summary>The pages that were not read and have windows that are held since a time, or since before, the earliest first.</summary>
    /// <param name="until">The time.</param>
    /// <param name="most">How many at most.</param>
    public List<long> UnreadHeld(long until, int most) =>
        [.. _segments.Where(segment => !segment.IsRead && segment.Held.Earliest <= until).OrderBy(segment => segment.Held.Earliest).Select(segment => segment.Id).Take(most)];

    /// <summary>What is held since a time, or since before, in the order in which it is emitted; nothing behind what is in pages that were
    /// not read.</summary>
    public List<(HeldResult Result, TimelineEntry? Entry)> DueHeld(long until)
    {
        foreach (var segment in _segments)
        {
            until = segment.IsRead ? until : Math.Min(until, segment.Held.Earliest - 1);
        }

        var entries = _segments
            .Where(segment => segment.IsRead && segment.Held.Earliest <= until)
            .SelectMany(segment => segment.Entries!)
            .Where(entry => entry.IsHeld);
        // A session comes behind those that went into it, and several results of a window as they were held.
        return
        [
            .. Held.Select(result => (Result: result, Entry: (TimelineEntry?)null))
                .Concat(entries.Select(entry => (Result: entry.ToHeld(), Entry: (TimelineEntry?)entry)))
                .Where(held => held.Result.Since <= until)
                .OrderBy(held => held.Result.Since)
                .ThenBy(held => held.Result.Window.End - held.Result.Window.Start)
                .ThenBy(held => held.Result.Window.Start),
        ];
    }

    /// <summary>Lets a result go.</summary>
    public void Release(HeldResult result, TimelineEntry? entry)
    {
        if (entry is null)
        {
            _held!.Remove(result);
        }
        else
        {
            entry.Release();
        }

        _earliestRead = null;
    }

    private void SetDueAside(long until, long from, long to, TimelineSegment segment)
    {
        foreach (var entry in segment.Entries!)
        {
            if (entry.HeldSince > until || entry.Start > to || entry.End < from)
            {
                continue;
            }

            entry.Encode();
            _bytesAside ??= Held.Sum(held => held.Value?.Length ?? 0);
            var size = entry.Bytes?.Length ?? 0;
            if (_bytesAside + size > TimelineLimits.MaxBytesAside)
            {
                continue;
            }

            _bytesAside += size;
            (_held ??= []).Add(entry.ToHeld());
            entry.Release();
            _earliestRead = null;
        }
    }

    /// <summary>Holds the tombstone of a window, if anybody has heard of the window.</summary>
    private void HoldTombstone(TimelineEntry entry, long timestamp)
    {
        if (Holds && entry.IsEmitted)
        {
            (_held ??= []).Add(new HeldResult(entry.Window, entry.IsHeld ? entry.HeldSince : timestamp, timestamp, null));
        }
    }

    /// <summary>A window that was taken away, and comes back before that was emitted, stays where it was.</summary>
    private long? TakeTombstone(TimelineEntry entry)
    {
        if (_held?.Find(held => held.Value is null && held.Window == entry.Window && held.Since > _dueUntil) is not { } tombstone)
        {
            return null;
        }

        _held.Remove(tombstone);
        entry.IsEmitted = true;
        return tombstone.Since;
    }

    private void Note(long since) => _earliestRead = _earliestRead is { } known ? Math.Min(known, since) : null;

    private long EarliestBeside()
    {
        var earliest = TimelineEntry.NotHeld;
        foreach (var held in Held)
        {
            earliest = Math.Min(earliest, held.Since);
        }

        return earliest;
    }
}
