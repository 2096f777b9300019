using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Models;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Telemetry;
using KafkaFunctions.Tables.Telemetry;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Tables;

/// <summary>State in one storage account or several: bucket b of every store is in number b modulo their number. Safe for concurrent
/// use.</summary>
public sealed class AzureTableStateStorage : IStateStorage
{
    private const string WholeStorage = "*";

    private readonly StorageAccount[] _accounts;
    private readonly TableStateOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, AzureTableStateStore> _stores = new(StringComparer.Ordinal);

    /// <summary>Creates the storage; nothing is sent yet.</summary>
    /// <param name="accounts">The accounts, from <see cref="StateStorageSettings.Read"/>. Stores rely on their number and order.</param>
    /// <param name="options">The options.</param>
    /// <param name="logger">Where trouble is told.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="meters">Makes the meter <c>KafkaFunctions.Tables</c>; null for one of its own.</param>
    /// <exception cref="StateSettingsException">An option cannot be used.</exception>
    public AzureTableStateStorage(
        IReadOnlyList<TableAccount> accounts, TableStateOptions options, ILogger<AzureTableStateStorage> logger, TimeProvider? time = null, IMeterFactory? meters = null)
        : this(accounts, options, logger, time, null, meters)
    {
    }

    internal AzureTableStateStorage(
        IReadOnlyList<TableAccount> accounts,
        TableStateOptions options,
        ILogger<AzureTableStateStorage> logger,
        TimeProvider? time,
        HttpPipelineTransport? transport,
        IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentOutOfRangeException.ThrowIfZero(accounts.Count);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        options.Check();
        _options = options;
        _time = time ?? TimeProvider.System;
        var instruments = new TablesInstruments(meters);
        _accounts = [.. accounts.Select(account => new StorageAccount(account, options, instruments, logger, _time, transport))];
    }

    /// <inheritdoc/>
    public async ValueTask<IStateStore> OpenAsync(string name, CancellationToken cancellationToken)
    {
        StateRules.CheckName(name);
        cancellationToken.ThrowIfCancellationRequested();
        var store = StoreOf(name);
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        return store;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var account in _accounts)
        {
            try
            {
                await AddNamesAsync(account, names, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failed) when (TableFaults.Of(failed) == TableFault.Access)
            {
                throw StoreErrors.Refused(null, account.Name, failed);
            }
        }

        return [.. names];
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        StateRules.CheckName(name);
        return StoreOf(name).DeleteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Values)
        {
            store.Close();
        }

        foreach (var account in _accounts)
        {
            account.Dispose();
        }

        return default;
    }

    private AzureTableStateStore StoreOf(string name) => _stores.GetOrAdd(name, NewStore);

    private AzureTableStateStore NewStore(string name)
    {
        var table = TableNames.Encode(_options.TablePrefix, name);
        return new AzureTableStateStore(name, [.. _accounts.Select(account => ShareOf(account, table))], _options, _time);
    }

    private static StoreShare ShareOf(StorageAccount account, string table) => new(account, account.Service.GetTableClient(table));

    private async Task AddNamesAsync(StorageAccount account, SortedSet<string> names, CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            var page = await ReadPageAsync(account, continuation, cancellationToken).ConfigureAwait(false);
            foreach (var table in page?.Values.Select(item => item.Name).Where(name => name.StartsWith(_options.TablePrefix, StringComparison.Ordinal)) ?? [])
            {
                var name = TableNames.Decode(_options.TablePrefix, table, out var hashed);
                if (hashed)
                {
                    name = await TableLayout.ReadStoreAsync(ShareOf(account, table), cancellationToken).ConfigureAwait(false);
                }

                if (name is not null)
                {
                    names.Add(name);
                }
            }

            continuation = page?.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuation));
    }

    private static Task<Page<TableItem>?> ReadPageAsync(StorageAccount account, string? continuation, CancellationToken cancellationToken) =>
        account.Requests.SendAsync(
            WholeStorage,
            StorageOperation.Admin,
            pacer: null,
            rows: 1,
            async stop =>
            {
                var pages = account.Service.QueryAsync(filter: default(string), cancellationToken: stop).AsPages(continuation).GetAsyncEnumerator(stop);
                await using (pages.ConfigureAwait(false))
                {
                    return await pages.MoveNextAsync().ConfigureAwait(false) ? pages.Current : null;
                }
            },
            cancellationToken);
}
