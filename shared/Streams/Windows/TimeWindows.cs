namespace KafkaFunctions.Streams.Windows;

/// <summary>Windows of a fixed size, one beginning every so often from 1970-01-01 UTC on; starts inclusive, ends exclusive. Immutable.</summary>
public sealed record TimeWindows
{
    /// <summary>Most windows that a record can be in.</summary>
    public const int MaxOverlap = 10_000;

    private TimeWindows(long size, long advance)
    {
        SizeMilliseconds = size;
        AdvanceMilliseconds = advance;
    }

    /// <summary>Length of a window in milliseconds.</summary>
    public long SizeMilliseconds { get; }

    /// <summary>From one window's start to the next one's, in milliseconds.</summary>
    public long AdvanceMilliseconds { get; }

    /// <summary>How long after its end a window takes records, in stream time. Default none.</summary>
    public TimeSpan Grace { get; private init; }

    /// <summary>How long a closed window is kept for queries, in stream time. Default not at all.</summary>
    public TimeSpan Retention { get; private init; }

    /// <summary>After how long without a record the clock goes on by itself. Default null: never.</summary>
    public TimeSpan? Idle { get; private init; }

    /// <summary>Windows that follow each other: a record is in one of them.</summary>
    /// <param name="size">Length of a window; at least a millisecond.</param>
    public static TimeWindows Tumbling(TimeSpan size) => Hopping(size, size);

    /// <summary>Windows that overlap: a record is in size/advance of them.</summary>
    /// <param name="size">Length of a window.</param>
    /// <param name="advance">From one start to the next: 1 ms to <paramref name="size"/>.</param>
    public static TimeWindows Hopping(TimeSpan size, TimeSpan advance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(advance, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(advance, size);
        var windows = new TimeWindows((long)size.TotalMilliseconds, (long)advance.TotalMilliseconds);
        return windows.SizeMilliseconds / windows.AdvanceMilliseconds < MaxOverlap
            ? windows
            : throw new ArgumentOutOfRangeException(nameof(advance), advance, $"A record would be in more than {MaxOverlap} windows. Make the windows shorter, or advance by more.");
    }

    /// <summary>Takes records of a window for a while after its end.</summary>
    /// <param name="grace">In stream time.</param>
    public TimeWindows WithGrace(TimeSpan grace) => this with { Grace = WindowRules.NotNegative(grace) };

    /// <summary>Keeps closed windows for queries.</summary>
    /// <param name="retention">In stream time, from a window's close on.</param>
    public TimeWindows WithRetention(TimeSpan retention) => this with { Retention = WindowRules.NotNegative(retention) };

    /// <summary>Lets stream time go on by wall time where no record has come for a while, so that the last windows of a quiet topic
    /// close. Results of such a close have the header <c>kf-closed-by: idle</c>.</summary>
    /// <param name="idle">How long without a record; at least a second.</param>
    public TimeWindows CloseAfterIdle(TimeSpan idle) => this with { Idle = WindowRules.AtLeastASecond(idle) };

    internal WindowRules Rules => new(
        (long)Grace.TotalMilliseconds, 0, (long)Retention.TotalMilliseconds, 0, 0, (long?)Idle?.TotalMilliseconds);
}
