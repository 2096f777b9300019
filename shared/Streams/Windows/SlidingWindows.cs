namespace KafkaFunctions.Streams.Windows;

/// <summary>Windows that end or begin at records: for each record one of the records up to it, and one of those just behind it; both
/// ends inclusive. Immutable.</summary>
public sealed record SlidingWindows
{
    private SlidingWindows(long difference) => DifferenceMilliseconds = difference;

    /// <summary>Most milliseconds between two records of a window.</summary>
    public long DifferenceMilliseconds { get; }

    /// <summary>How long after its end a window takes records, in stream time. Default none.</summary>
    public TimeSpan Grace { get; private init; }

    /// <summary>How long a closed window is kept for queries, in stream time. Default not at all.</summary>
    public TimeSpan Retention { get; private init; }

    /// <summary>After how long without a record the clock goes on by itself. Default null: never.</summary>
    public TimeSpan? Idle { get; private init; }

    /// <summary>Windows of records that are no further apart.</summary>
    /// <param name="difference">The longest time between two records of a window; 0 for those of the same millisecond.</param>
    public static SlidingWindows Of(TimeSpan difference) => new((long)WindowRules.NotNegative(difference).TotalMilliseconds);

    /// <inheritdoc cref="TimeWindows.WithGrace"/>
    public SlidingWindows WithGrace(TimeSpan grace) => this with { Grace = WindowRules.NotNegative(grace) };

    /// <inheritdoc cref="TimeWindows.WithRetention"/>
    public SlidingWindows WithRetention(TimeSpan retention) => this with { Retention = WindowRules.NotNegative(retention) };

    /// <inheritdoc cref="TimeWindows.CloseAfterIdle"/>
    public SlidingWindows CloseAfterIdle(TimeSpan idle) => this with { Idle = WindowRules.AtLeastASecond(idle) };

    internal WindowRules Rules => new(
        (long)Grace.TotalMilliseconds, 1, (long)Retention.TotalMilliseconds, 2 * DifferenceMilliseconds, 0, (long?)Idle?.TotalMilliseconds);
}
