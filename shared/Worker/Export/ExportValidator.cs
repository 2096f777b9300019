using KafkaFunctions.Worker.Telemetry;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Export;

/// <summary>Tells what is wrong with the settings when the app starts.</summary>
internal sealed class ExportValidator(ExportSettings settings) : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options) =>
        settings.Errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(settings.Errors);
}
