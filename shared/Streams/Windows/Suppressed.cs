namespace KafkaFunctions.Streams.Windows;

/// <summary>Until when results are held back. Immutable.</summary>
/// <remarks>What is held back is in the store: there is no buffer to overflow, and nothing is lost with an instance.</remarks>
public sealed class Suppressed
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private Suppressed()
    {
    }

    /// <summary>For how long; null for until the window closes.</summary>
    internal HoldRules? Hold { get; private init; }

    private static Suppressed WindowCloses { get; } = new();

    /// <summary>Until their window closes: one result per window, the last one.</summary>
    public static Suppressed UntilWindowCloses() => WindowCloses;

    /// <summary>For a time: the first update of a window is held, and later ones take its place, until stream time is
    /// <paramref name="limit"/> past the time of the first. Then the latest is emitted, and the next update is held anew. A result that
    /// is taken back before it was emitted is not heard of.</summary>
    /// <param name="limit">How long at most, in stream time; at least a millisecond.</param>
    /// <param name="maxRows">How many results are held of a source partition; where there are more at the end of a batch, those that were
    /// held first are emitted early. Default null: any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is shorter than a millisecond, or the maximum less than 1.</exception>
    public static Suppressed UntilTimeLimit(TimeSpan limit, int? maxRows = null)
    {
        if (limit < Shortest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(limit), limit, "Results cannot be held for less than a millisecond. Give a longer limit, or leave Suppress out to have every update.");
        }

        return maxRows is null or >= 1
            ? new Suppressed { Hold = new HoldRules((long)limit.TotalMilliseconds, maxRows) }
            : throw new ArgumentOutOfRangeException(
                nameof(maxRows), maxRows, "At least one result has to be held. Give a maximum of 1 or more, leave it out for any number, or leave Suppress out to have every update.");
    }
}
