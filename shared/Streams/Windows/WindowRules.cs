using System.Runtime.CompilerServices;
using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Windows;

/// <summary>How long windows take records, are kept, and wait for a quiet topic. Immutable.</summary>
/// <param name="Grace">How long after its end, in milliseconds of stream time, a window takes records.</param>
/// <param name="Behind">What is added to <paramref name="Grace"/> before a window is closed: of sessions the gap, and where ends are
/// inclusive one millisecond more.</param>
/// <param name="Keep">How long a closed window is kept for queries, in milliseconds of stream time.</param>
/// <param name="Linger">How long a closed window is needed by others, in milliseconds of stream time.</param>
/// <param name="Reach">Which windows before an open one it may still be joined with: those that end no further before its start.</param>
/// <param name="Idle">After how many milliseconds without a record the clock goes on by itself; null for never.</param>
internal sealed record WindowRules(long Grace, long Behind, long Keep, long Linger, long Reach, long? Idle)
{
    /// <summary>The highest end of closed windows: a record for one that ends no later is late (semantics: late, closed).</summary>
    /// <param name="streamTime">Highest timestamp of the partition, the current record's included.</param>
    public long BoundaryAt(long streamTime) => streamTime - Grace - Behind;

    /// <summary>The highest end of windows that are no longer kept.</summary>
    public long ForgottenAt(long boundary) => boundary < long.MinValue + Keep + Linger ? long.MinValue : boundary - Keep - Linger;

    /// <summary>Drops the windows that are no longer needed. Where windows have a final result, only closed ones; none that are held.</summary>
    public void Forget(Timeline timeline, long boundary, bool hasFinals)
    {
        var until = ForgottenAt(boundary);
        if (hasFinals && timeline.EarliestOpen() is { } notClosed)
        {
            until = Math.Min(until, notClosed - 1);
        }

        if (Reach > 0 && timeline.StartOfFirstAfter(boundary) is { } open)
        {
            until = Math.Min(until, open - Reach - 1);
        }

        if (timeline.LowestHeldEnd() is { } held)
        {
            until = Math.Min(until, held - 1);
        }

        if (timeline.Forget(until, TimelineLimits.MaxDroppedPages))
        {
            // Whoever lags behind cannot begin them anew.
            timeline.Floor = Math.Max(timeline.Floor, until);
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static TimeSpan NotNegative(TimeSpan span, [CallerArgumentExpression(nameof(span))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, name);
        return span;
    }

    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public static TimeSpan AtLeastASecond(TimeSpan idle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(idle, TimeSpan.FromSeconds(1));
        return idle;
    }
}
