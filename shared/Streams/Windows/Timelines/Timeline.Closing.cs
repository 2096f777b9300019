namespace KafkaFunctions.Streams.Windows.Timelines;

/// <content>What is to be closed, and when (design rule 6).</content>
internal sealed partial class Timeline
{
    /// <summary>The lowest end of a window that is not closed; where its page was not read, no later than that; null where all are.</summary>
    public long? EarliestOpen()
    {
        var earliest = EarliestOpenEntry();
        foreach (var entry in Superseded)
        {
            earliest = Math.Min(earliest ?? long.MaxValue, entry.End);
        }

        return earliest;
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

    private long? EarliestOpenEntry()
    {
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
}
