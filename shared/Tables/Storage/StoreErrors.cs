using Azure;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Tables;

/// <summary>Failed requests as the errors of the state contract, with the setting and the fix.</summary>
internal static class StoreErrors
{
    private static readonly string[] TooLarge = ["EntityTooLarge", "PropertyValueTooLarge", "RequestBodyTooLarge"];

    /// <summary>Null where the exception is not the service's.</summary>
    /// <param name="failed">The failure.</param>
    /// <param name="store">The store.</param>
    /// <param name="share">The table.</param>
    /// <param name="write">The row that it is about, if known.</param>
    public static Exception? Of(Exception failed, string store, StoreShare share, StateWrite? write = null) => TableFaults.Of(failed) switch
    {
        _ when failed is OperationCanceledException => null,
        TableFault.TableMissing => TableMissing(store, share, failed),
        TableFault.Access => Refused(store, share.Account.Name, failed),
        _ when failed is not RequestFailedException => null,
        _ when write is { Value: { } value } row && TooLarge.Contains(((RequestFailedException)failed).ErrorCode) =>
            new StateRowTooLargeException(store, row.Key, "value", value.Length, StateLimits.MaxValueBytes),
        _ => new StateAccessException(
            store,
            $"Account '{share.Account.Name}' refuses a request for store '{store}' ({Code(failed)}). Check that {StateStorageSettings.SettingName} names a table service; "
                + "if it does, this is a bug.",
            failed),
    };

    public static StateAccessException TableMissing(string store, StoreShare share, Exception? failed) => new(
        store,
        $"Table '{share.Table.Name}' of store '{store}' is gone from account '{share.Account.Name}': it was deleted while in use. "
            + "Restore it, or start again to begin with an empty one.",
        failed);

    public static StateAccessException Refused(string? store, string account, Exception failed) => new(
        store,
        $"Account '{account}' refuses the credentials ({Code(failed)}). Check {StateStorageSettings.SettingName}: the key of its connection string, or that the identity "
            + $"has the role 'Storage Table Data Contributor' ({StateStorageSettings.SettingName}__{StateStorageSettings.ServiceUri}, __{StateStorageSettings.ClientId}); and the account's firewall.",
        failed);

    private static string Code(Exception failed) =>
        failed is RequestFailedException { Status: var status, ErrorCode: var code } ? $"{status} {code}".TrimEnd() : failed.GetType().Name;
}
