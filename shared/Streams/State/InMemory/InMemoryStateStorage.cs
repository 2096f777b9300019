using System.Globalization;

namespace KafkaFunctions.Streams.State.InMemory;

/// <summary>State in memory, for tests. Safe for concurrent use. Nothing outlives the object; disposing it does nothing, so that
/// it can stand for a storage that outlives the application.</summary>
/// <remarks>No call changes its thread: where the hook's tasks are completed, so is the call's; where one is pending, the call
/// goes on where it is completed (its completion must allow that, as a <see cref="TaskCompletionSource"/> without options does,
/// and no synchronisation context be there).</remarks>
public sealed class InMemoryStateStorage : IStateStorage
{
    /// <summary>Default of <see cref="ScanPageRows"/>: that of Azure Tables.</summary>
    public const int DefaultScanPageRows = 1_000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, InMemoryStateStore> _stores = new(StringComparer.Ordinal);
    private long _lastETag;

    /// <summary>Called before and after every operation; null (default) for none.</summary>
    public IStateHook? Hook { get; set; }

    /// <summary>Rows of a range that are read at once; other operations come between two such pages. Default 1,000.</summary>
    public int ScanPageRows { get; set; } = DefaultScanPageRows;

    /// <inheritdoc/>
    public async ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken)
    {
        StateRules.CheckName(name);
        var operation = new StateOperation(StateOperationKind.Open, name, null);
        await BeforeAsync(operation, cancellationToken).ConfigureAwait(false);
        var store = Open(name);
        await AfterAsync(operation, cancellationToken).ConfigureAwait(false);
        return store;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var operation = new StateOperation(StateOperationKind.List, null, null);
        await BeforeAsync(operation, cancellationToken).ConfigureAwait(false);
        string[] names;
        lock (_lock)
        {
            names = [.. _stores.Values.Where(store => store.Exists).Select(store => store.Name)];
        }

        await AfterAsync(operation, cancellationToken).ConfigureAwait(false);
        return names;
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        StateRules.CheckName(name);
        var operation = new StateOperation(StateOperationKind.Delete, name, null);
        await BeforeAsync(operation, cancellationToken).ConfigureAwait(false);
        bool deleted;
        lock (_lock)
        {
            deleted = _stores.TryGetValue(name, out var store) && store.Delete();
        }

        await AfterAsync(operation, cancellationToken).ConfigureAwait(false);
        return deleted;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Hook?.BeforeAsync(operation, cancellationToken) ?? ValueTask.CompletedTask;
    }

    internal ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) =>
        Hook?.AfterAsync(operation, cancellationToken) ?? ValueTask.CompletedTask;

    internal string NextETag() => Interlocked.Increment(ref _lastETag).ToString(CultureInfo.InvariantCulture);

    private InMemoryStateStore Open(string name)
    {
        lock (_lock)
        {
            if (!_stores.TryGetValue(name, out var store))
            {
                _stores.Add(name, store = new InMemoryStateStore(this, name));
            }

            store.Create();
            return store;
        }
    }
}
