using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Data.Tables;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Tables;

/// <summary>A store in a table, or in one of each account: a bucket is a partition, a row an entity. Safe for concurrent use.</summary>
public sealed class AzureTableStateStore : IStateStore
{
    private const string ErrorCodeHeader = "x-ms-error-code";
    private const int NotFound = 404;

    private readonly StoreShare[] _shares;
    private readonly TableStateOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<int, BucketPacer> _pacers = new();
    private volatile bool _open;

    internal AzureTableStateStore(string name, StoreShare[] shares, TableStateOptions options, TimeProvider time)
    {
        Name = name;
        _shares = shares;
        _options = options;
        _time = time;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public void Check(StateKey key, int valueBytes) => StateRules.CheckRow(Name, key, valueBytes);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StateRow?>> ReadAsync(StateBucket bucket, IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        StateRules.CheckRead(bucket, keys);
        var rows = new StateRow?[keys.Count];
        if (keys.Count == 1)
        {
            rows[0] = await ReadAsync(bucket, keys[0], cancellationToken).ConfigureAwait(false);
            return rows;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrentRequests, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            keys.Count,
            parallel,
            async (i, stop) => rows[i] = await ReadAsync(bucket, keys[i], stop).ConfigureAwait(false)).ConfigureAwait(false);
        return rows;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StateRow> ScanAsync(StateBucket bucket, StateRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StateRules.CheckBucket(bucket);
        var filter = RowFilter.Of(bucket.ToString(), range);
        string? continuation = null;
        do
        {
            var page = await ReadPageAsync(bucket, filter, range.FetchRows, continuation, cancellationToken).ConfigureAwait(false);
            foreach (var entity in page?.Values ?? [])
            {
                if (!RowKeyCodec.TryDecode(entity.RowKey, out var key))
                {
                    throw new StateCorruptException(
                        Name, bucket, new StateKey(Encoding.UTF8.GetBytes(entity.RowKey)), $"'{entity.RowKey}' is no row key of this store. Another program wrote it: delete it, or give the store a table of its own.");
                }

                yield return Decode(bucket, key, entity);
            }

            continuation = page?.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuation));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string?>> WriteAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        StateRules.CheckTransaction(Name, bucket, writes);
        return writes.Count == 1
            ? [await WriteOneAsync(bucket, writes[0], cancellationToken).ConfigureAwait(false)]
            : await WriteAllAsync(bucket, writes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Pace of a bucket; null where it is not held back.</summary>
    internal double? PaceOf(StateBucket bucket) => PacerOf(bucket).Rate;

    /// <summary>Creates the tables where they are not there, once, and again after one was found missing. Several callers at once do
    /// no harm.</summary>
    internal async Task OpenAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _shares.Length && !_open; i++)
        {
            await CreateAsync(i, cancellationToken).ConfigureAwait(false);
        }

        _open = true;
    }

    /// <summary>Lets go of what the store holds; nothing is sent.</summary>
    internal void Close()
    {
        foreach (var pacer in _pacers.Values)
        {
            pacer.Dispose();
        }
    }

    /// <summary>Deletes the tables.</summary>
    /// <returns>False where there was none.</returns>
    internal async Task<bool> DeleteAsync(CancellationToken cancellationToken)
    {
        var deleted = false;
        _open = false;
        foreach (var share in _shares)
        {
            try
            {
                var answer = await SendAsync(share, StorageOperation.Admin, null, 1, stop => share.Account.Service.DeleteTableAsync(share.Table.Name, stop), cancellationToken).ConfigureAwait(false);
                deleted |= answer.Status != NotFound;
            }
            catch (StateAccessException missing) when (missing.InnerException is RequestFailedException { Status: NotFound })
            {
            }
        }

        return deleted;
    }

    private async Task CreateAsync(int account, CancellationToken cancellationToken)
    {
        var share = _shares[account];
        await SendAsync(share, StorageOperation.Admin, null, 1, stop => share.Account.Service.CreateTableIfNotExistsAsync(share.Table.Name, stop), cancellationToken).ConfigureAwait(false);
        try
        {
            await TableLayout.EnsureAsync(share, Name, account, _shares.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (StoreErrors.Of(failed, Name, share) is { } error)
        {
            throw error;
        }
    }

    private async Task<StateRow?> ReadAsync(StateBucket bucket, StateKey key, CancellationToken cancellationToken)
    {
        var rowKey = RowKeyCodec.Encode(key);
        if (rowKey.Length > TableLimits.MaxKeyCharacters)
        {
            return null;
        }

        var share = ShareOf(bucket);
        var answer = await SendAsync(
            share,
            StorageOperation.Read,
            PacerOf(bucket),
            1,
            stop => share.Table.GetEntityIfExistsAsync<TableEntity>(bucket.ToString(), rowKey, cancellationToken: stop),
            cancellationToken).ConfigureAwait(false);
        if (answer.HasValue)
        {
            return Decode(bucket, key, answer.Value!);
        }

        CheckTable(share, answer.GetRawResponse());
        return null;
    }

    private async Task<Page<TableEntity>?> ReadPageAsync(
        StateBucket bucket, string filter, int? fetchRows, string? continuation, CancellationToken cancellationToken)
    {
        var rows = Math.Clamp(fetchRows ?? TableLimits.MaxPageRows, 1, TableLimits.MaxPageRows);
        var share = ShareOf(bucket);
        return await SendAsync(
            share,
            StorageOperation.Query,
            PacerOf(bucket),
            1,
            async stop =>
            {
                var pages = share.Table.QueryAsync<TableEntity>(filter, rows, cancellationToken: stop)
                    .AsPages(continuation, rows)
                    .GetAsyncEnumerator(stop);
                await using (pages.ConfigureAwait(false))
                {
                    return await pages.MoveNextAsync().ConfigureAwait(false) ? pages.Current : null;
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> WriteOneAsync(StateBucket bucket, StateWrite write, CancellationToken cancellationToken)
    {
        var share = ShareOf(bucket);
        var partition = bucket.ToString();
        var entity = write.Value is { } value ? RowFormat.Encode(partition, write.Key, value) : null;
        try
        {
            var answer = await share.Account.Requests.SendAsync(
                Name,
                StorageOperation.Write,
                PacerOf(bucket),
                1,
                stop => (entity, write.ETag) switch
                {
                    (null, _) => share.Table.DeleteEntityAsync(partition, RowKeyCodec.Encode(write.Key), new ETag(write.ETag!), stop),
                    (_, null) => share.Table.AddEntityAsync(entity, stop),
                    (_, StateWrite.AnyETag) => share.Table.UpsertEntityAsync(entity, TableUpdateMode.Replace, stop),
                    _ => share.Table.UpdateEntityAsync(entity, new ETag(write.ETag), TableUpdateMode.Replace, stop),
                },
                cancellationToken).ConfigureAwait(false);
            if (answer.Status == NotFound)
            {
                CheckTable(share, answer);
                throw new StateConflictException(Name, bucket, write.Key);
            }

            return entity is null ? null : ETagOf(answer);
        }
        catch (Exception failed) when (TableFaults.Of(failed) == TableFault.Conflict)
        {
            throw new StateConflictException(Name, bucket, write.Key, failed);
        }
        catch (Exception failed) when (StoreErrors.Of(failed, Name, share, write) is { } error)
        {
            Forget(failed);
            throw error;
        }
    }

    private async Task<IReadOnlyList<string?>> WriteAllAsync(StateBucket bucket, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        var share = ShareOf(bucket);
        var partition = bucket.ToString();
        var actions = writes.Select(write => ActionOf(partition, write)).ToArray();
        try
        {
            var answers = await share.Account.Requests.SendAsync(
                Name, StorageOperation.Write, PacerOf(bucket), writes.Count, stop => share.Table.SubmitTransactionAsync(actions, stop), cancellationToken).ConfigureAwait(false);
            var etags = new string?[writes.Count];
            for (var i = 0; i < etags.Length; i++)
            {
                etags[i] = writes[i].Value is null ? null : ETagOf(answers.Value[i]);
            }

            return etags;
        }
        catch (RequestFailedException failed) when (TableFaults.Of(failed) == TableFault.Conflict)
        {
            throw new StateConflictException(Name, bucket, FailedOf(failed, writes)?.Key, failed);
        }
        catch (Exception failed) when (StoreErrors.Of(failed, Name, share, FailedOf(failed, writes)) is { } error)
        {
            Forget(failed);
            throw error;
        }
    }

    private static TableTransactionAction ActionOf(string partition, StateWrite write) => (write.Value, write.ETag) switch
    {
        (null, var etag) => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, RowKeyCodec.Encode(write.Key)), new ETag(etag!)),
        (var value, null) => new TableTransactionAction(TableTransactionActionType.Add, RowFormat.Encode(partition, write.Key, value)),
        (var value, StateWrite.AnyETag) => new TableTransactionAction(TableTransactionActionType.UpsertReplace, RowFormat.Encode(partition, write.Key, value)),
        var (value, etag) => new TableTransactionAction(TableTransactionActionType.UpdateReplace, RowFormat.Encode(partition, write.Key, value), new ETag(etag)),
    };

    private static StateWrite? FailedOf(Exception failed, IReadOnlyList<StateWrite> writes) =>
        failed is TableTransactionFailedException { FailedTransactionActionIndex: { } index } && index >= 0 && index < writes.Count ? writes[index] : null;

    private static string ETagOf(Response answer) =>
        answer.Headers.ETag?.ToString() ?? throw new InvalidOperationException("The service acknowledged a write without an ETag.");

    /// <summary>Sends a request that no row's condition can fail.</summary>
    private async Task<T> SendAsync<T>(StoreShare share, string operation, BucketPacer? pacer, int rows, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        try
        {
            return await share.Account.Requests.SendAsync(Name, operation, pacer, rows, send, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (StoreErrors.Of(failed, Name, share) is { } error)
        {
            Forget(failed);
            throw error;
        }
    }

    private StateRow Decode(StateBucket bucket, StateKey key, TableEntity entity)
    {
        try
        {
            return RowFormat.Decode(key, entity);
        }
        catch (FormatException damaged)
        {
            throw new StateCorruptException(Name, bucket, key, damaged.Message, damaged);
        }
    }

    /// <summary>An answer of "not there" may mean the row or the whole table.</summary>
    private void CheckTable(StoreShare share, Response answer)
    {
        if (answer.Headers.TryGetValue(ErrorCodeHeader, out var code) && code == TableFaults.TableNotFound)
        {
            _open = false;
            throw StoreErrors.TableMissing(Name, share, null);
        }
    }

    private void Forget(Exception failed)
    {
        if (TableFaults.Of(failed) == TableFault.TableMissing)
        {
            _open = false;
        }
    }

    private StoreShare ShareOf(StateBucket bucket) => _shares[Math.Max(bucket.Number, 0) % _shares.Length];

    private BucketPacer PacerOf(StateBucket bucket) => _pacers.GetOrAdd(bucket.Number, static (_, time) => new BucketPacer(time), _time);
}
