using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Bench.Cost;

/// <summary>Counts what is asked of a storage.</summary>
internal sealed class CountingStorage(IStateStorage inner) : IStateStorage
{
    private readonly Dictionary<string, CountingStore> _stores = [];

    /// <summary>What was counted since it was last reset.</summary>
    public CostCounts Counts { get; } = new();

    public async ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var store = await inner.OpenAsync(name, cancellationToken);
        lock (_stores)
        {
            return _stores.TryGetValue(name, out var known) ? known : _stores[name] = new CountingStore(store, Counts);
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
