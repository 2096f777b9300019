using KafkaFunctions.Streams.Joins.StreamJoins;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Joins;

/// <summary>How far apart in event time two records may be that are joined. Immutable.</summary>
public sealed record JoinWindows
{
    private JoinWindows(long before, long after)
    {
        BeforeMilliseconds = before;
        AfterMilliseconds = after;
    }

    /// <summary>How much earlier than the left record the right one may be, in milliseconds; inclusive.</summary>
    public long BeforeMilliseconds { get; }

    /// <summary>How much later than the left record the right one may be, in milliseconds; inclusive.</summary>
    public long AfterMilliseconds { get; }

    /// <summary>How long, beyond the window, an unmatched record waits for one that comes late, in stream time. Default none.</summary>
    public TimeSpan Grace { get; private init; }

    /// <summary>Records that are no further apart, whichever comes first.</summary>
    /// <param name="difference">The longest time between the two.</param>
    public static JoinWindows Of(TimeSpan difference) => Of(difference, difference);

    /// <summary>Right records of some time before the left one to some time after it.</summary>
    /// <param name="before">How much earlier.</param>
    /// <param name="after">How much later.</param>
    public static JoinWindows Of(TimeSpan before, TimeSpan after) =>
        new((long)WindowRules.NotNegative(before).TotalMilliseconds, (long)WindowRules.NotNegative(after).TotalMilliseconds);

    /// <summary>Lets unmatched records wait for those that come late.</summary>
    /// <param name="grace">In stream time.</param>
    public JoinWindows WithGrace(TimeSpan grace) => this with { Grace = WindowRules.NotNegative(grace) };

    internal long GraceMilliseconds => (long)Grace.TotalMilliseconds;

    /// <summary>How much later than a record of a side its partner may be.</summary>
    internal long Ahead(StreamSide side) => side == StreamSide.Left ? AfterMilliseconds : BeforeMilliseconds;

    /// <summary>How much earlier than a record of a side its partner may be.</summary>
    internal long Behind(StreamSide side) => side == StreamSide.Left ? BeforeMilliseconds : AfterMilliseconds;

    /// <summary>How long a record is kept by both sides' clocks; inclusive, unlike in Kafka Streams, where a window with
    /// nothing before, or after, so loses its last partner.</summary>
    internal long Kept => BeforeMilliseconds + AfterMilliseconds + GraceMilliseconds;

    /// <summary>The highest time of records that are not kept.</summary>
    /// <param name="clock">The lower one of both sides' clocks.</param>
    internal long ForgottenAt(long clock) => clock - Kept - 1;
}
