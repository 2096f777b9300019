namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Which windows of a key are read. Immutable.</summary>
public sealed record WindowRequest
{
    /// <summary>The lowest start, in milliseconds since 1970-01-01 UTC; null (default) from the first. To go on: <see cref="StatePage.NextWindow"/>.</summary>
    public long? From { get; init; }

    /// <summary>The highest start, itself included; null (default) to the last.</summary>
    public long? To { get; init; }

    /// <summary>Most windows at once. Default 1,000, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Limit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1_000;

    /// <summary>The window of one start.</summary>
    public static WindowRequest At(long start) => new() { From = start, To = start };

    internal bool Holds(long start) => (From is null || start >= From) && (To is null || start <= To);
}
