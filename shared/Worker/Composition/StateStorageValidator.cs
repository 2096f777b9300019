using KafkaFunctions.Streams.State.Queries;
using KafkaFunctions.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Composition;

/// <summary>Tells what is wrong with <c>StateStorage</c> when the app starts, not when a function first needs its state.</summary>
internal sealed class StateStorageValidator(IConfiguration configuration, IServiceProvider services) : IValidateOptions<TableStateOptions>
{
    /// <summary>Set on every instance of a function app on Azure.</summary>
    private const string AzureInstance = "WEBSITE_INSTANCE_ID";

    public ValidateOptionsResult Validate(string? name, TableStateOptions options)
    {
        try
        {
            return StateStorageSettings.Read(configuration) is null && configuration[AzureInstance] is { Length: > 0 } && HasStores()
                ? ValidateOptionsResult.Fail(
                    "StateStorage names the embedded storage, which an instance on Azure loses with its disk and does not share with the others. "
                    + "Set StateStorage__tableServiceUri (managed identity), or StateStorage to a storage account's connection string.")
                : ValidateOptionsResult.Success;
        }
        catch (StateSettingsException wrong)
        {
            return ValidateOptionsResult.Fail(wrong.Errors);
        }
    }

    private bool HasStores() => services.GetRequiredService<IStoreCatalog>().Stores.Count > 0;
}
