using System.Collections.Concurrent;

namespace KafkaFunctions.Embedded.Appends;

/// <summary>The partitions that somebody has waited for.</summary>
internal sealed class AppendSignals
{
    private readonly ConcurrentDictionary<long, AppendSignal> _signals = [];
    private volatile bool _closed;

    /// <summary>The partition's signal; a new one is told the partition's end.</summary>
    /// <remarks>The end is read after the signal can be advanced, so that no append falls between.</remarks>
    public AppendSignal Get(long partitionId, Func<long> readEnd)
    {
        if (_signals.TryGetValue(partitionId, out var signal))
        {
            return signal;
        }

        signal = _signals.GetOrAdd(partitionId, static _ => new AppendSignal());
        signal.Advance(readEnd());
        if (_closed)
        {
            signal.Close();
        }

        return signal;
    }

    /// <summary>A partition has records up to, but not at, this offset.</summary>
    public void Advance(long partitionId, long end)
    {
        if (_signals.TryGetValue(partitionId, out var signal))
        {
            signal.Advance(end);
        }
    }

    public void Close()
    {
        _closed = true;
        foreach (var signal in _signals.Values)
        {
            signal.Close();
        }
    }
}
