using Azure.Data.Tables;

namespace KafkaFunctions.Tables;

/// <summary>A store's table in one account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Table">The table.</param>
internal sealed record StoreShare(StorageAccount Account, TableClient Table);
