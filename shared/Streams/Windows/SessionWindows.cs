namespace KafkaFunctions.Streams.Windows;

/// <summary>Windows of activity: records of a key that are no further than a gap apart are one session, from the first to the last of
/// them, both inclusive. Immutable.</summary>
public sealed record SessionWindows
{
    // Records that come late may join several sessions, one after the other: some are kept, beyond what a single record can reach.
    private const long LingerMilliseconds = 60_000;

    private SessionWindows(long gap) => GapMilliseconds = gap;

    /// <summary>The longest time between two records of a session, in milliseconds.</summary>
    public long GapMilliseconds { get; }

    /// <summary>How long a session that is over takes records, in stream time. Default none.</summary>
    public TimeSpan Grace { get; private init; }

    /// <summary>How long a closed session is kept for queries, in stream time. Default not at all.</summary>
    public TimeSpan Retention { get; private init; }

    /// <summary>After how long without a record the clock goes on by itself. Default null: never.</summary>
    public TimeSpan? Idle { get; private init; }

    /// <summary>Sessions that end when nothing comes for a while.</summary>
    /// <param name="gap">The longest time between two records of a session; at least a millisecond.</param>
    public static SessionWindows Of(TimeSpan gap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gap, TimeSpan.FromMilliseconds(1));
        return new SessionWindows((long)gap.TotalMilliseconds);
    }

    /// <inheritdoc cref="TimeWindows.WithGrace"/>
    public SessionWindows WithGrace(TimeSpan grace) => this with { Grace = WindowRules.NotNegative(grace) };

    /// <inheritdoc cref="TimeWindows.WithRetention"/>
    public SessionWindows WithRetention(TimeSpan retention) => this with { Retention = WindowRules.NotNegative(retention) };

    /// <inheritdoc cref="TimeWindows.CloseAfterIdle"/>
    public SessionWindows CloseAfterIdle(TimeSpan idle) => this with { Idle = WindowRules.AtLeastASecond(idle) };

    internal WindowRules Rules => new(
        (long)Grace.TotalMilliseconds, GapMilliseconds + 1, (long)Retention.TotalMilliseconds, Math.Max(GapMilliseconds, LingerMilliseconds), 2 * GapMilliseconds, (long?)Idle?.TotalMilliseconds);
}
