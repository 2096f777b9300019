using KafkaFunctions.Streams.Identity;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>Checks the settings at start.</summary>
internal sealed class OutputOptionsValidator : IValidateOptions<OutputOptions>
{
    public ValidateOptionsResult Validate(string? name, OutputOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (!Enum.IsDefined(options.OutputDelivery))
        {
            errors.AddError($"Kafka__OutputDelivery is '{options.OutputDelivery}'. Use Acknowledged or Binding.");
        }

        if (!RecordIdentity.IsName(options.Application))
        {
            errors.AddError($"Kafka__Application is '{options.Application}'. Use 1 to 128 letters, digits, '_', '-' or '.'.");
        }

        if (options.PublishRetries is < 0 or > 1000)
        {
            errors.AddError($"Kafka__PublishRetries is {options.PublishRetries}. Use 0 to 1000.");
        }

        return errors.Build();
    }
}
