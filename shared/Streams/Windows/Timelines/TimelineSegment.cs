namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Some windows of a key that follow each other: a page in a row of its own, or the newest ones, in the key's row.</summary>
internal sealed class TimelineSegment
{
    /// <summary>Not a page: the key's row.</summary>
    public const long Inline = -1;

    private List<TimelineEntry>? _entries;
    private PageReader? _reader;

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

    public bool IsChanged { get; set; }

    /// <summary>Whether it is a page that was never written.</summary>
    public bool IsNew { get; set; }

    /// <summary>Gives it what was read of it.</summary>
    public void Take(byte[] stored, PageReader reader) => (Stored, _reader) = (stored, reader);
}
