using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;
using KafkaFunctions.Streams.Tables;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Reads what functions keep, by key or in the order of keys, from any instance; it writes and creates nothing, and never
/// sees half of a row's change. Safe for concurrent use.</summary>
public sealed class StateReader
{
    // A page's values are all in memory.
    private const int MaxPageBytes = 4 * 1024 * 1024;

    private const int MinFetchRows = 4;

    private static readonly StatePage Nothing = new([], null);

    // A store may be reset while others read it: what it says about itself does not hold for ever.
    private static readonly TimeSpan DescriptionAge = TimeSpan.FromSeconds(10);

    private readonly Func<IStateStorage> _storage;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (OpenStore Store, long At)> _open = new(StringComparer.Ordinal);

    /// <summary>Creates the reader.</summary>
    /// <param name="storage">Where stores are kept.</param>
    public StateReader(IStateStorage storage)
        : this(() => storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
    }

    /// <summary>Creates the reader of a storage that is opened when it is needed.</summary>
    /// <param name="storage">Gives where stores are kept; called for each use.</param>
    /// <param name="time">Null for the system's clock.</param>
    public StateReader(Func<IStateStorage> storage, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        _storage = storage;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Names of the stores that are there, sorted; those of other applications that use the storage, too.</summary>
    /// <exception cref="StateUnavailableException">The storage does not answer.</exception>
    /// <exception cref="StateAccessException">The storage refuses the credentials.</exception>
    public Task<IReadOnlyList<string>> ListStoresAsync(CancellationToken cancellationToken = default) => _storage().ListAsync(cancellationToken);

    /// <summary>What a store says about itself; null where no function has made it yet.</summary>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async Task<StoreSummary?> DescribeAsync(string store, CancellationToken cancellationToken = default) =>
        await FindAsync(store, cancellationToken).ConfigureAwait(false) is { Description: var description }
            ? new StoreSummary(store, description.Application, description.Functions, description.Kind, description.Buckets)
            : null;

    /// <summary>Reads the value of a key; of a windowed store, that of its last window.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key's bytes, as the operator's serde writes them.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null where the key has no value, or the store is not there.</returns>
    /// <exception cref="StateUnavailableException">The store does not answer.</exception>
    /// <exception cref="StateAccessException">The storage refuses the credentials.</exception>
    /// <exception cref="StateCorruptException">The row cannot be read.</exception>
    public Task<StateEntry?> GetAsync(string store, byte[] key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return WithStoreAsync(store, open => GetEntryAsync(open, key, cancellationToken), cancellationToken);
    }

    /// <summary>Reads windows of a key of a windowed store, in the order of their starts; all as they were at one moment.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key's bytes, as the operator's serde writes them.</param>
    /// <param name="request">Which windows; null for the first of all. There are fewer than asked for where their values are large.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null where the key has no windows, or the store is not there or has none.</returns>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public Task<StatePage?> GetWindowsAsync(string store, byte[] key, WindowRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        return WithStoreAsync(store, open => GetWindowsAsync(open, key, request ?? new WindowRequest(), cancellationToken), cancellationToken);
    }

    /// <summary>Lists keys with their values, over all buckets in the order of the keys' bytes.</summary>
    /// <param name="store">The store.</param>
    /// <param name="request">Which keys; null for the first of all. A page of large values has fewer than asked for.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>An empty page where the store is not there. Each entry is as it was at some moment of the call.</returns>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async Task<StatePage> ListAsync(string store, StateRequest? request = null, CancellationToken cancellationToken = default) =>
        await WithStoreAsync(store, open => ListPageAsync(open, request ?? new StateRequest(), cancellationToken), cancellationToken).ConfigureAwait(false)
            ?? new StatePage([], null);

    /// <summary>Reads all entries of a store, bucket by bucket: the fastest way, in no order that means anything.</summary>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async IAsyncEnumerable<StateEntry> ReadAllAsync(string store, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await FindAsync(store, cancellationToken).ConfigureAwait(false) is not { } open)
        {
            yield break;
        }

        for (var i = 0; i < open.Description.Buckets; i++)
        {
            var bucket = new StateBucket(i);
            await foreach (var row in open.Store.ScanAsync(bucket, StateRange.Prefix([RowKeys.Value]), cancellationToken).ConfigureAwait(false))
            {
                var next = new WindowRequest();
                while (next is not null)
                {
                    var page = await ReadAsync(open, bucket, row, next, MaxPageBytes, cancellationToken).ConfigureAwait(false);
                    foreach (var entry in page.Entries)
                    {
                        yield return entry;
                    }

                    next = page.NextWindow is { } start ? next with { From = start } : null;
                }
            }
        }
    }

    private static async Task<StateEntry?> GetEntryAsync(OpenStore open, byte[] key, CancellationToken cancellationToken)
    {
        var (bucket, row) = await ReadRowAsync(open, key, cancellationToken).ConfigureAwait(false);
        return open.Description.IsWindowed ? await WindowReader.ReadNewestAsync(open.Store, bucket, row, cancellationToken).ConfigureAwait(false)
            : row is null ? null
            : Read(open, bucket, row);
    }

    private static async Task<StatePage?> GetWindowsAsync(OpenStore open, byte[] key, WindowRequest request, CancellationToken cancellationToken)
    {
        if (!open.Description.IsWindowed)
        {
            return null;
        }

        var (bucket, row) = await ReadRowAsync(open, key, cancellationToken).ConfigureAwait(false);
        return await WindowReader.ReadAsync(open.Store, bucket, row, request, MaxPageBytes, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<(StateBucket Bucket, StateRow? Row)> ReadRowAsync(OpenStore open, byte[] key, CancellationToken cancellationToken)
    {
        var bucket = RowKeys.BucketOf(key, open.Description.Buckets);
        return (bucket, (await open.Store.ReadAsync(bucket, [RowKeys.Of(RowKeys.Value, key)], cancellationToken).ConfigureAwait(false))[0]);
    }

    private static async Task<StatePage?> ListPageAsync(OpenStore open, StateRequest request, CancellationToken cancellationToken)
    {
        var entries = new List<StateEntry>();
        var bytes = 0L;
        var merged = new BucketMerge(open.Store, open.Description.Buckets, RangeOf(request) with { FetchRows = FetchRowsOf(request, open.Description.Buckets) });
        await using (merged.ConfigureAwait(false))
        {
            while (await merged.NextAsync(cancellationToken).ConfigureAwait(false) is var (bucket, row))
            {
                var isFull = entries.Count == request.Limit || bytes >= MaxPageBytes;
                var windows = new WindowRequest
                {
                    From = request.From is { } from && row.Key.Bytes[1..].SequenceEqual(from) ? request.FromWindow : null,
                    Limit = isFull ? 1 : request.Limit - entries.Count,
                };
                var page = await ReadAsync(open, bucket, row, windows, MaxPageBytes - bytes, cancellationToken).ConfigureAwait(false);
                if (page.Entries.Count > 0 && isFull)
                {
                    return new StatePage(entries, page.Entries[0].Key);
                }

                entries.AddRange(page.Entries);
                bytes += page.Entries.Sum(entry => (long)entry.Key.Length + entry.Value.Length);
                if (page.Next is not null)
                {
                    return new StatePage(entries, page.Next) { NextWindow = page.NextWindow };
                }
            }
        }

        return new StatePage(entries, null);
    }

    /// <summary>The entries of a row: one, or, of a windowed store, one for each window.</summary>
    private static async ValueTask<StatePage> ReadAsync(
        OpenStore open, StateBucket bucket, StateRow row, WindowRequest request, long maxBytes, CancellationToken cancellationToken) =>
        open.Description.IsWindowed
            ? await WindowReader.ReadAsync(open.Store, bucket, row, request, maxBytes, cancellationToken).ConfigureAwait(false) ?? Nothing
            : Read(open, bucket, row) is { } entry ? new StatePage([entry], null) : Nothing;

    private static StateRange RangeOf(StateRequest request)
    {
        var range = StateRange.Prefix([RowKeys.Value, .. request.Prefix]);
        var from = request.From is null ? range.From : RowKeys.Of(RowKeys.Value, request.From);
        var before = request.Before is null ? range.Before : RowKeys.Of(RowKeys.Value, request.Before);
        return new StateRange(from > range.From ? from : range.From, before < range.Before ? before : range.Before);
    }

    /// <summary>Keys are spread evenly: a bucket has its share of the page, and some more.</summary>
    private static int FetchRowsOf(StateRequest request, int buckets) => Math.Max(MinFetchRows, (int)Math.Min(int.MaxValue, 2L * request.Limit / buckets));

    private static StateEntry? Read(OpenStore open, StateBucket bucket, StateRow row)
    {
        var state = RowTable.Decode(open.Store, bucket, row);
        if (open.Description.Kind == VersionedRow.Kind && state.Value is not null)
        {
            state = state with { Value = VersionedRowSerde.Read(open.Store, bucket, row.Key, state.Value).Newest.Value };
        }

        return state.Value is null ? null : new StateEntry(row.Key.Bytes[1..].ToArray(), state.Value, state.Timestamp, state.Version);
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

        // Opening would create it.
        if (!(await _storage().ListAsync(cancellationToken).ConfigureAwait(false)).Contains(name, StringComparer.Ordinal))
        {
            _open.TryRemove(name, out _);
            return null;
        }

        var store = await _storage().OpenAsync(name, cancellationToken).ConfigureAwait(false);
        if (await StoreDescription.ReadAsync(store, cancellationToken).ConfigureAwait(false) is not { } description)
        {
            return null;
        }

        var open = new OpenStore(store, description);
        _open[name] = (open, _time.GetTimestamp());
        return open;
    }

    private sealed record OpenStore(IStateStore Store, StoreDescription Description);
}
