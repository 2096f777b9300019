namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Some windows of a key that follow each other: a page in a row of its own, or the newest ones, in the key's row.</summary>
internal sealed class TimelineSegment
{
    /// <summary>Not a page: the key's row.</summary>
    public const long Inline = -1;

    /// <summary>Number of the page.</summary>
    public long Id { get; init; } = Inline;

    /// <summary>Start of its first window, as it was stored; windows up to the next segment's belong to it.</summary>
    public long First { get; set; } = long.MinValue;

    /// <summary>The highest end.</summary>
    public long MaxEnd { get; set; } = long.MinValue;

    /// <summary>Its windows in order; null where they were not read.</summary>
    public List<TimelineEntry>? Entries { get; set; }

    /// <summary>Whether entries of it may wait for their end; only where a join keeps them.</summary>
    public bool HasOpen { get; set; }

    public bool IsChanged { get; set; }
}
