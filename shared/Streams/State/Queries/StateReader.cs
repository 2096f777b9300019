using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Reads the state of functions from outside of them, on any instance; writes and creates nothing. An entry is read as it was
/// at one moment, never half a write of it. Safe for concurrent use.</summary>
/// <remarks>Every member raises <see cref="StateUnavailableException"/> where the storage does not answer,
/// <see cref="StateAccessException"/> where it refuses, and <see cref="StateCorruptException"/> where a row cannot be read.</remarks>
/// <param name="storage">Gives the storage; called when it is needed first.</param>
/// <param name="time">Null for the system's clock.</param>
public sealed class StateReader(Func<IStateStorage> storage, TimeProvider? time = null)
{
    /// <summary>Most entries of a page.</summary>
    public const int MaxPageEntries = 1_000;

    // A page's values are all in memory.
    private const int MaxPageBytes = 4 * 1024 * 1024;

    private const int MinFetchRows = 4;

    // A store may be reset while others read it: what it says about itself does not hold for ever.
    private static readonly TimeSpan DescriptionAge = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, (OpenStore Store, long At)> _open = new(StringComparer.Ordinal);

    /// <summary>Names of the stores that are there, sorted; those of other applications that use the storage, too.</summary>
    public Task<IReadOnlyList<string>> ListStoresAsync(CancellationToken cancellationToken) => storage().ListAsync(cancellationToken);

    /// <summary>What a store says about itself; null where no function has made it yet.</summary>
    public async Task<StoreSummary?> DescribeAsync(string store, CancellationToken cancellationToken) =>
        await FindAsync(store, cancellationToken).ConfigureAwait(false) is { Description: var description }
            ? new StoreSummary(store, description.Application, description.Functions, description.Kind, description.Buckets)
            : null;

    /// <summary>The entry of a key; null where there is none.</summary>
    public Task<StateEntry?> GetAsync(string store, byte[] key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return WithStoreAsync(store, open => GetAsync(open, key, cancellationToken), cancellationToken);
    }

    /// <summary>Reads a page of a range, in the order of the keys.</summary>
    /// <param name="store">The store.</param>
    /// <param name="range">Which keys.</param>
    /// <param name="limit">Most entries, 1 to <see cref="MaxPageEntries"/>; a page of large values has fewer.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public async Task<StatePage> ListAsync(string store, StateKeyRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPageEntries);
        return await WithStoreAsync(store, open => ListAsync(open, range, limit, cancellationToken), cancellationToken).ConfigureAwait(false)
            ?? new StatePage([], null);
    }

    /// <summary>Reads all entries of a store, bucket by bucket: the fastest way, in no order that means anything.</summary>
    public async IAsyncEnumerable<StateEntry> ReadAllAsync(string store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await FindAsync(store, cancellationToken).ConfigureAwait(false) is not { } open)
        {
            yield break;
        }

        for (var bucket = 0; bucket < open.Description.Buckets; bucket++)
        {
            await foreach (var row in open.Store.ScanAsync(new StateBucket(bucket), StateKeyRange.All.ToRows(), cancellationToken).ConfigureAwait(false))
            {
                if (open.Decode(new StateBucket(bucket), row) is { } entry)
                {
                    yield return entry;
                }
            }
        }
    }

    private static async Task<StateEntry?> GetAsync(OpenStore open, byte[] key, CancellationToken cancellationToken)
    {
        var rowKey = RowKeys.Of(RowKeys.Value, key);
        if (StateRules.StoredCharacters(rowKey.Bytes) > StateLimits.MaxKeyCharacters)
        {
            return null;
        }

        var bucket = RowKeys.BucketOf(key, open.Description.Buckets);
        var rows = await open.Store.ReadAsync(bucket, [rowKey], cancellationToken).ConfigureAwait(false);
        return rows[0] is { } row ? open.Decode(bucket, row) : null;
    }

    private static async Task<StatePage?> ListAsync(OpenStore open, StateKeyRange range, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<StateEntry>(Math.Min(limit, 128));
        var bytes = 0L;
        var rows = range.ToRows() with { FetchRows = Math.Max(MinFetchRows, 2 * limit / open.Description.Buckets) };
        await foreach (var entry in new BucketMerge(open, rows).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entries.Count == limit || bytes >= MaxPageBytes)
            {
                return new StatePage(entries, entries[^1].Key);
            }

            entries.Add(entry);
            bytes += entry.Value.Length;
        }

        return new StatePage(entries, null);
    }

    /// <summary>Reads from a store; once more from the start where it was deleted and made anew in between.</summary>
    /// <returns>Null where there is no such store.</returns>
    private async Task<T?> WithStoreAsync<T>(string store, Func<OpenStore, Task<T?>> read, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(store, cancellationToken).ConfigureAwait(false) is not { } open)
            {
                return null;
            }

            try
            {
                return await read(open).ConfigureAwait(false);
            }
            catch (StateAccessException) when (attempt == 1)
            {
                _open.TryRemove(store, out _);
            }
        }
    }

    private async Task<OpenStore?> FindAsync(string name, CancellationToken cancellationToken)
    {
        StateRules.CheckName(name);
        if (_open.TryGetValue(name, out var known) && _time.GetElapsedTime(known.At) < DescriptionAge)
        {
            return known.Store;
        }

        // To open a store would create it.
        if (!(await storage().ListAsync(cancellationToken).ConfigureAwait(false)).Contains(name, StringComparer.Ordinal))
        {
            _open.TryRemove(name, out _);
            return null;
        }

        var store = await storage().OpenAsync(name, cancellationToken).ConfigureAwait(false);
        if (await StoreDescription.ReadAsync(store, cancellationToken).ConfigureAwait(false) is not { } description)
        {
            return null;
        }

        var open = new OpenStore(store, description);
        _open[name] = (open, _time.GetTimestamp());
        return open;
    }
}
