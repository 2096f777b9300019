using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Bench.Cost;

/// <summary>Counts what is asked of a store.</summary>
internal sealed class CountingStore(IStateStore inner, CostCounts counts) : IStateStore
{
    public string Name => inner.Name;

    public void Check(StateKey key, int valueBytes) => inner.Check(key, valueBytes);

    public Task<IReadOnlyList<StateRow?>> ReadAsync(StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        counts.Read(keys.Count);
        return inner.ReadAsync(bucket, keys, cancellationToken);
    }

    public IAsyncEnumerable<StateRow> ScanAsync(StateBucket bucket, StateRange range, CancellationToken cancellationToken)
    {
        counts.Read(1);
        return inner.ScanAsync(bucket, range, cancellationToken);
    }

    public Task<IReadOnlyList<string?>> WriteAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        counts.Write(bucket == StateBucket.Progress, writes.Count);
        return inner.WriteAsync(bucket, writes, cancellationToken);
    }
}
