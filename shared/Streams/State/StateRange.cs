namespace KafkaFunctions.Streams.State;

/// <summary>Consecutive keys of a bucket.</summary>
/// <param name="From">The first key; null from the bucket's first row on.</param>
/// <param name="Before">The first key that is no longer part of it; null to the bucket's last row.</param>
public readonly record struct StateRange(StateKey? From, StateKey? Before)
{
    /// <summary>How many rows a store reads at a time; null for as many as suit it. The range is read to its end all the same: it
    /// says what a caller probably needs, who stops early.</summary>
    public int? FetchRows { get; init; }

    /// <summary>All rows of a bucket.</summary>
    public static StateRange All { get; }

    /// <summary>The keys that begin with <paramref name="prefix"/>.</summary>
    public static StateRange Prefix(ReadOnlySpan<byte> prefix)
    {
        var last = prefix.LastIndexOfAnyExcept(byte.MaxValue);
        if (last < 0)
        {
            return prefix.IsEmpty ? All : new StateRange(new StateKey(prefix.ToArray()), null);
        }

        var next = prefix[..(last + 1)].ToArray();
        next[last]++;
        return new StateRange(new StateKey(prefix.ToArray()), new StateKey(next));
    }
}
