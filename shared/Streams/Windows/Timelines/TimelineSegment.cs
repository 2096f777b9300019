using System.Runtime.InteropServices;

namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Some windows of a key that follow each other: a page in a row of its own, or the newest ones, in the key's row.</summary>
internal sealed class TimelineSegment
{
    /// <summary>Not a page: the key's row.</summary>
    public const long Inline = -1;

    private List<TimelineEntry>? _entries;
    private PageReader? _reader;
    private HeldRange _storedHeld = HeldRange.None;

    /// <summary>Number of the page.</summary>
    public long Id { get; init; } = Inline;

    /// <summary>Start of its first window, as it was stored; windows up to the next segment's belong to it.</summary>
    public long First { get; set; } = long.MinValue;

    /// <summary>The highest end, or more.</summary>
    public long MaxEnd { get; set; } = long.MinValue;

    /// <summary>Its windows in order; null where they were not read. A page is decoded when it is first asked for them.</summary>
    public List<TimelineEntry>? Entries
    {
        get => _entries ??= _reader?.Decode(Stored!, this);
        set => _entries = value;
    }

    /// <summary>Whether its windows are known: read, if not decoded.</summary>
    public bool IsRead => _entries is not null || _reader is not null;

    /// <summary>Whether anybody has asked for its windows.</summary>
    public bool IsDecoded => _entries is not null;

    /// <summary>The page as it is stored; null where it was not read.</summary>
    public byte[]? Stored { get; private set; }

    /// <summary>Whether entries of it may wait for their end; only where a join keeps them.</summary>
    public bool HasOpen { get; set; }

    /// <summary>What is held of its windows.</summary>
    public HeldRange Held
    {
        get => IsDecoded ? HeldRange.Of(_entries!) : _storedHeld;
        init => _storedHeld = value;
    }

    public bool IsChanged { get; set; }

    /// <summary>Whether it is a page that was never written.</summary>
    public bool IsNew { get; set; }

    /// <summary>Gives it what was read of it.</summary>
    public void Take(byte[] stored, PageReader reader) => (Stored, _reader) = (stored, reader);

    /// <summary>Where a window is among <see cref="Entries"/>; where it is not, the complement of where it would be.</summary>
    public int IndexOf(Window window)
    {
        // Most records are about the newest windows.
        var span = CollectionsMarshal.AsSpan(Entries);
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

    /// <summary>Puts a window in its place; where the same is there, behind it.</summary>
    public void Add(TimelineEntry entry)
    {
        var entries = Entries!;
        var at = IndexOf(entry.Window);
        at = at >= 0 ? at : ~at;
        while (at < entries.Count && entries[at].Window == entry.Window)
        {
            at++;
        }

        entries.Insert(at, entry);
        entry.Segment = this;
        First = Math.Min(First, entry.Start);
        MaxEnd = Math.Max(MaxEnd, entry.End);
        IsChanged = true;
    }

    /// <summary>Drops the first windows, those that end by a time.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Trim(long until)
    {
        var (entries, count) = (Entries!, 0);
        while (count < entries.Count && entries[count].End <= until)
        {
            count++;
        }

        if (count == 0)
        {
            return false;
        }

        entries.RemoveRange(0, count);
        IsChanged = true;
        return true;
    }

    /// <summary>Encodes the windows.</summary>
    /// <returns>Bytes of their values.</returns>
    public long Measure()
    {
        var size = 0L;
        foreach (var entry in Entries!)
        {
            entry.Encode();
            size += entry.Bytes?.Length ?? 0;
        }

        return size;
    }

    /// <summary>Moves the oldest windows to a new page, and leaves one at least.</summary>
    /// <param name="id">Number of the page.</param>
    /// <param name="most">How many at most; one moves in any case.</param>
    /// <param name="maxBytes">How large their values may be together, if they are several.</param>
    public TimelineSegment Cut(long id, int most, int maxBytes)
    {
        var entries = Entries!;
        var count = CountOf(entries, Math.Clamp(most, 1, entries.Count - 1), maxBytes);
        var page = new TimelineSegment { Id = id, First = entries[0].Start, Entries = entries.GetRange(0, count), HasOpen = HasOpen, IsNew = true, IsChanged = true };
        entries.RemoveRange(0, count);
        First = entries[0].Start;
        foreach (var entry in page.Entries)
        {
            entry.Segment = page;
            page.MaxEnd = Math.Max(page.MaxEnd, entry.End);
        }

        return page;
    }

    private static int CountOf(List<TimelineEntry> entries, int most, int maxBytes)
    {
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
}
