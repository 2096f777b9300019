using KafkaFunctions.Contracts.State;
using KafkaFunctions.Streams.State;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Tables.Tests.Storage;

public sealed class AzureTableStateStoreContractTests(AzuriteTables azurite) : StateStoreContract
{
    // Azurite measures entities and transactions in base64: it takes three quarters of what the service does.
    protected override int LargestValueBytes => 700 * 1024;

    protected override int Cases => 5;

    protected override int Increments => 15;

    protected override async ValueTask<IStateStorage> OpenStorageAsync() => new AzureTableStateStorage(
        [TableAccount.FromConnectionString(await azurite.ConnectionStringAsync())], new TableStateOptions(), NullLogger<AzureTableStateStorage>.Instance);
}
