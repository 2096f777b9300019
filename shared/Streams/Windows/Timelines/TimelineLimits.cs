namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>How windows of a key are divided between its row and pages. Immutable.</summary>
/// <param name="MaxInline">Most windows in the key's row, and about as many in a page.</param>
/// <param name="PageSize">Most windows of a new page; twice as many split one.</param>
/// <param name="MaxSegmentBytes">Most bytes of windows in the key's row, and of a new page, where one window has less.</param>
internal sealed record TimelineLimits(int MaxInline, int PageSize, int MaxSegmentBytes)
{
    /// <summary>Most pages that a batch changes of a key in one write; the rest follows in further ones.</summary>
    public const int MaxChangedPages = 20;

    /// <summary>Most pages that are dropped in one write.</summary>
    public const int MaxDroppedPages = 20;

    /// <summary>Most pages that are read at once to close windows.</summary>
    public const int MaxClosedPages = 20;

    /// <summary>Most bytes of values that are due and wait in a key's row for the end of the batch.</summary>
    public const int MaxBytesAside = 256 * 1024;

    /// <summary>What holds where nobody says otherwise.</summary>
    public static TimelineLimits Default { get; } = new(128, 256, 24 * 1024);
}
