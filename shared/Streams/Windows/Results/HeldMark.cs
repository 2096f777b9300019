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
    /// <param name="index">How many of the key come before it.</param>
    public bool Covers(long since, byte[] key, int index)
    {
        var order = since == Since ? key.AsSpan().SequenceCompareTo(Key) : since.CompareTo(Since);
        return order < 0 || (order == 0 && index < Count);
    }
}
