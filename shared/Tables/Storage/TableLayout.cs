using System.Globalization;
using Azure;
using Azure.Data.Tables;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Tables;

/// <summary>A row of each table that says whose it is and over how many accounts its store lies: with another list of accounts rows would
/// be looked for where they are not, and counted anew. A stored format.</summary>
internal static class TableLayout
{
    private const string Partition = "layout";
    private const string RowKey = "layout";
    private const string FormatProperty = "F";
    private const string StoreProperty = "Store";
    private const string AccountsProperty = "Accounts";
    private const string AccountProperty = "Account";

    /// <summary>Writes the row where it is not there, and checks it where it is.</summary>
    /// <exception cref="StateAccessException">The table belongs to another list of accounts or another store.</exception>
    public static async Task EnsureAsync(StoreShare share, string store, int account, int accounts, CancellationToken cancellationToken)
    {
        var layout = await ReadAsync(share, store, cancellationToken).ConfigureAwait(false);
        if (layout is null)
        {
            layout = new TableEntity(Partition, RowKey)
            {
                [FormatProperty] = RowFormat.Version,
                [StoreProperty] = store,
                [AccountsProperty] = accounts,
                [AccountProperty] = account,
            };
            if (await TryAddAsync(share, store, layout, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            layout = await ReadAsync(share, store, cancellationToken).ConfigureAwait(false);
        }

        Check(layout, share, store, account, accounts);
    }

    /// <summary>Name of the store whose table this is; null where nobody has written it.</summary>
    public static async Task<string?> ReadStoreAsync(StoreShare share, CancellationToken cancellationToken) =>
        (await ReadAsync(share, share.Table.Name, cancellationToken).ConfigureAwait(false))?.GetString(StoreProperty);

    private static async Task<TableEntity?> ReadAsync(StoreShare share, string store, CancellationToken cancellationToken)
    {
        var answer = await share.Account.Requests.SendAsync(
            store,
            StorageOperation.Admin,
            pacer: null,
            rows: 1,
            stop => share.Table.GetEntityIfExistsAsync<TableEntity>(Partition, RowKey, cancellationToken: stop),
            cancellationToken).ConfigureAwait(false);
        return answer.HasValue ? answer.Value : null;
    }

    private static async Task<bool> TryAddAsync(StoreShare share, string store, TableEntity layout, CancellationToken cancellationToken)
    {
        try
        {
            await share.Account.Requests.SendAsync(
                store, StorageOperation.Admin, pacer: null, rows: 1, stop => share.Table.AddEntityAsync(layout, stop), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException taken) when (TableFaults.Of(taken) == TableFault.Conflict)
        {
            return false;
        }
    }

    private static void Check(TableEntity? layout, StoreShare share, string store, int account, int accounts)
    {
        if (layout is null || !layout.TryGetValue(FormatProperty, out var format) || format is not RowFormat.Version || layout.GetString(StoreProperty) != store)
        {
            throw new StateAccessException(
                store,
                $"Table '{share.Table.Name}' of account '{share.Account.Name}' is not store '{store}' of this version: its layout row is of another format, store or program. "
                    + $"Run the version that made it, or name another account in {StateStorageSettings.SettingName}.");
        }

        if (layout.GetInt32(AccountsProperty) != accounts || layout.GetInt32(AccountProperty) != account)
        {
            throw new StateAccessException(
                store,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Store '{store}' was made with {layout.GetInt32(AccountsProperty)} accounts, and '{share.Account.Name}' was number {layout.GetInt32(AccountProperty)}; {StateStorageSettings.SettingName} now has {accounts}, and it is number {account}. Rows would not be found: restore the list and its order, or reset the store."));
        }
    }
}
