using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Streams.Tests.State.Queries;

/// <summary>Notes how many rows range reads ask for at a time.</summary>
internal sealed class CountedRows(IStateStorage storage) : IStateStorage
{
    public List<int> Fetched { get; } = [];

    public async ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken) =>
        new Store(await storage.OpenAsync(name, cancellationToken), Fetched);

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => storage.ListAsync(cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => storage.DeleteAsync(name, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Store(IStateStore store, List<int> fetched) : IStateStore
    {
        public string Name => store.Name;

        public void Check(StateKey key, int valueBytes) => store.Check(key, valueBytes);

        public Task<IReadOnlyList<StateRow?>> ReadAsync(StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken) =>
            store.ReadAsync(bucket, keys, cancellationToken);

        public IAsyncEnumerable<StateRow> ScanAsync(StateBucket bucket, StateRange range, CancellationToken cancellationToken)
        {
            fetched.Add(range.FetchRows ?? int.MaxValue);
            return store.ScanAsync(bucket, range, cancellationToken);
        }

        public Task<IReadOnlyList<string?>> WriteAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken) =>
            store.WriteAsync(bucket, writes, cancellationToken);
    }
}
