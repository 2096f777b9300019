using KafkaFunctions.Streams.Identity;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>Checks the settings at start.</summary>
internal sealed class OutputOptionsValidator : IValidateOptions<OutputOptions>
{
    public ValidateOptionsResult Validate(string? name, OutputOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (!RecordIdentity.IsName(options.Application))
        {
            errors.AddError($"Kafka__Application is '{options.Application}'. Use 1 to 128 letters, digits, '_', '-' or '.'.");
        }

        return errors.Build();
    }
}
