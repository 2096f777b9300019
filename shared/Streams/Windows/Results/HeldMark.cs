namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>The last of the results that are emitted early, in the order of their times, then keys.</summary>
/// <param name="Since">Since when it is held.</param>
/// <param name="Key">Its key, in bytes.</param>
/// <param name="Count">How many results of the key go, with it.</param>
internal sealed record HeldMark(long Since, byte[] Key, int Count)
{
    /// <summary>Whether a result goes.</summary>
    /// <param name="since">Since when it is held.</param>
    /// <param name="key">Its key, in bytes.</param>
    /// <param name="index">How many of the key go before it.</param>
    public bool Covers(long since, byte[] key, int index) => IsOf(key) ? index < Count : since < Since || (since == Since && key.AsSpan().SequenceCompareTo(Key) < 0);

    public bool IsOf(byte[] key) => key.AsSpan().SequenceEqual(Key);
}
