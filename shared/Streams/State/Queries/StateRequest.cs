namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Which keys of a store are listed. Immutable.</summary>
public sealed record StateRequest
{
    /// <summary>Bytes that the keys begin with. Default none: all keys.</summary>
    public byte[] Prefix { get; init; } = [];

    /// <summary>The first key; null (default) for the first there is. To go on with a listing: <see cref="StatePage.Next"/>.</summary>
    public byte[]? From { get; init; }

    /// <summary>Of a windowed store, the lowest start of windows of the key <see cref="From"/>; null (default) for all. To go on with a
    /// listing: <see cref="StatePage.NextWindow"/>.</summary>
    public long? FromWindow { get; init; }

    /// <summary>The first key that is no longer listed; null (default) for none.</summary>
    public byte[]? Before { get; init; }

    /// <summary>Most entries of a page. Default 100, at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Limit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    /// <summary>What follows a page; null where it is the last.</summary>
    public StateRequest? After(StatePage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Next is null ? null : this with { From = page.Next, FromWindow = page.NextWindow };
    }

    internal bool IsAfter(ReadOnlySpan<byte> key) => Before is not null && key.SequenceCompareTo(Before) >= 0;
}
