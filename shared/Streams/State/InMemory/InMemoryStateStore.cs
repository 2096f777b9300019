using System.Runtime.CompilerServices;

namespace KafkaFunctions.Streams.State.InMemory;

/// <summary>A store of an <see cref="InMemoryStateStorage"/>. It is the same object when it is created again after its end.</summary>
internal sealed class InMemoryStateStore(InMemoryStateStorage storage, string name) : IStateStore
{
    private readonly Lock _lock = new();
    private Dictionary<StateBucket, BucketRows>? _buckets;

    public string Name => name;

    public bool Exists
    {
        get
        {
            lock (_lock)
            {
                return _buckets is not null;
            }
        }
    }

    public void Create()
    {
        lock (_lock)
        {
            _buckets ??= [];
        }
    }

    public bool Delete()
    {
        lock (_lock)
        {
            var existed = _buckets is not null;
            _buckets = null;
            return existed;
        }
    }

    public void Check(StateKey key, int valueBytes) => StateRules.CheckRow(name, key, valueBytes);

    public async Task<IReadOnlyList<StateRow?>> ReadAsync(StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        StateRules.CheckRead(bucket, keys);
        var operation = new StateOperation(StateOperationKind.Read, name, bucket) { Keys = keys };
        await storage.BeforeAsync(operation, cancellationToken).ConfigureAwait(false);
        StateRow?[] rows;
        lock (_lock)
        {
            var found = Get(bucket);
            rows = [.. keys.Select(found.Find)];
        }

        await storage.AfterAsync(operation, cancellationToken).ConfigureAwait(false);
        return rows;
    }

    public async IAsyncEnumerable<StateRow> ScanAsync(
        StateBucket bucket, StateRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StateRules.CheckBucket(bucket);
        var operation = new StateOperation(StateOperationKind.Scan, name, bucket);
        var most = Math.Clamp(range.FetchRows ?? storage.ScanPageRows, 1, storage.ScanPageRows);
        List<StateRow> page;
        do
        {
            await storage.BeforeAsync(operation, cancellationToken).ConfigureAwait(false);
            lock (_lock)
            {
                page = Get(bucket).Find(range, most);
            }

            await storage.AfterAsync(operation, cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return row;
                range = range with { From = row.Key.Next() };
            }
        }
        while (page.Count == most);
    }

    public async Task<IReadOnlyList<string?>> WriteAsync(
        StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        StateRules.CheckTransaction(name, bucket, writes);
        var operation = new StateOperation(StateOperationKind.Write, name, bucket) { Writes = writes };
        await storage.BeforeAsync(operation, cancellationToken).ConfigureAwait(false);
        string?[] etags;
        lock (_lock)
        {
            etags = Write(bucket, writes);
        }

        await storage.AfterAsync(operation, cancellationToken).ConfigureAwait(false);
        return etags;
    }

    private string?[] Write(StateBucket bucket, IReadOnlyList<StateWrite> writes)
    {
        var rows = Get(bucket);
        foreach (var write in writes)
        {
            var found = rows.Find(write.Key);
            if (write.ETag == StateWrite.AnyETag ? write.Value is null && found is null : found?.ETag != write.ETag)
            {
                throw new StateConflictException(name, bucket, write.Key);
            }
        }

        var etags = new string?[writes.Count];
        for (var i = 0; i < etags.Length; i++)
        {
            etags[i] = Write(rows, writes[i]);
        }

        return etags;
    }

    private string? Write(BucketRows rows, StateWrite write)
    {
        if (write.Value is null)
        {
            rows.Remove(write.Key);
            return null;
        }

        var etag = storage.NextETag();
        rows.Set(new StateRow(write.Key, write.Value, etag));
        return etag;
    }

    private BucketRows Get(StateBucket bucket)
    {
        if (_buckets is null)
        {
            throw new StateAccessException(name, $"There is no store '{name}': it was deleted. Open it again to create it anew.");
        }

        if (!_buckets.TryGetValue(bucket, out var rows))
        {
            _buckets.Add(bucket, rows = new BucketRows());
        }

        return rows;
    }
}
