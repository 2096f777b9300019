using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.State.Stores;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Reads what functions keep, by key or in the order of keys. It never sees half of a row's change. Safe for concurrent use.</summary>
/// <param name="storage">Where stores are kept.</param>
public sealed class StateReader(IStateStorage storage)
{
    /// <summary>Reads the value of a key.</summary>
    /// <param name="store">The store.</param>
    /// <param name="key">The key's bytes, as the operator's serde writes them.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null where the key has no value, or the store is not there.</returns>
    /// <exception cref="StateUnavailableException">The store does not answer.</exception>
    /// <exception cref="StateCorruptException">The row cannot be read.</exception>
    public async Task<StateEntry?> GetAsync(string store, byte[] key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (await FindAsync(store, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        var bucket = RowKeys.BucketOf(key, found.Description.Buckets);
        var rows = await found.Store.ReadAsync(bucket, [RowKeys.Of(RowKeys.Value, key)], cancellationToken).ConfigureAwait(false);
        return rows[0] is { } row ? Read(found.Store, bucket, row) : null;
    }

    /// <summary>Lists keys with their values, over all buckets in the order of the keys' bytes.</summary>
    /// <param name="store">The store.</param>
    /// <param name="request">Which keys; null for the first of all.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>An empty page where the store is not there. Each entry is as it was at some moment of the call.</returns>
    /// <inheritdoc cref="GetAsync" path="/exception"/>
    public async Task<StatePage> ListAsync(string store, StateRequest? request = null, CancellationToken cancellationToken = default)
    {
        request ??= new StateRequest();
        if (await FindAsync(store, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return new StatePage([], null);
        }

        var entries = new List<StateEntry>();
        var merged = new BucketMerge(found.Store, found.Description.Buckets, RangeOf(request));
        await using (merged.ConfigureAwait(false))
        {
            while (await merged.NextAsync(cancellationToken).ConfigureAwait(false) is var (bucket, row))
            {
                if (request.IsAfter(row.Key.Bytes[1..]))
                {
                    break;
                }

                if (Read(found.Store, bucket, row) is not { } entry)
                {
                    continue;
                }

                if (entries.Count == request.Limit)
                {
                    return new StatePage(entries, entry.Key);
                }

                entries.Add(entry);
            }
        }

        return new StatePage(entries, null);
    }

    private async Task<(IStateStore Store, StoreDescription Description)?> FindAsync(string name, CancellationToken cancellationToken)
    {
        // Opening would create it.
        var names = await storage.ListAsync(cancellationToken).ConfigureAwait(false);
        if (!names.Contains(name))
        {
            return null;
        }

        var store = await storage.OpenAsync(name, cancellationToken).ConfigureAwait(false);
        return await StoreDescription.ReadAsync(store, cancellationToken).ConfigureAwait(false) is { } description ? (store, description) : null;
    }

    private static StateRange RangeOf(StateRequest request)
    {
        var range = StateRange.Prefix([RowKeys.Value, .. request.Prefix]);
        return request.From is { } from && RowKeys.Of(RowKeys.Value, from) is var first && first > range.From!.Value
            ? range with { From = first }
            : range;
    }

    private static StateEntry? Read(IStateStore store, StateBucket bucket, StateRow row)
    {
        var state = RowTable.Decode(store, bucket, row);
        return state.Value is null ? null : new StateEntry(row.Key.Bytes[1..].ToArray(), state.Value, state.Timestamp, state.Version);
    }
}
