using KafkaFunctions.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Composition;

/// <summary>Tells what is wrong with <c>StateStorage</c> when the app starts, not when a function first needs its state.</summary>
internal sealed class StateStorageValidator(IConfiguration configuration) : IValidateOptions<TableStateOptions>
{
    public ValidateOptionsResult Validate(string? name, TableStateOptions options)
    {
        try
        {
            _ = StateStorageSettings.Read(configuration);
            return ValidateOptionsResult.Success;
        }
        catch (StateSettingsException wrong)
        {
            return ValidateOptionsResult.Fail(wrong.Errors);
        }
    }
}
