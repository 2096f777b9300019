using System.Collections.Concurrent;

namespace KafkaFunctions.Streams.State.Stores;

/// <summary>How many results are held of each source partition: what this instance has counted, and written since. It saves counting
/// where there are few; before any is emitted early, they are counted. Safe for concurrent use.</summary>
internal sealed class HeldCounts
{
    private readonly ConcurrentDictionary<int, long> _counts = new();

    /// <summary>Whether there may be more than so many.</summary>
    public bool MayExceed(int source, long most) => !_counts.TryGetValue(source, out var count) || count > most;

    /// <summary>Notes that there are more, or less.</summary>
    public void Add(int source, int change)
    {
        while (_counts.TryGetValue(source, out var count) && !_counts.TryUpdate(source, count + change, count))
        {
        }
    }

    /// <summary>Notes how many there are.</summary>
    public void Set(int source, long count) => _counts[source] = count;

    /// <summary>Forgets what is known: another instance may have been at work.</summary>
    public void Forget(int source) => _counts.TryRemove(source, out _);
}
