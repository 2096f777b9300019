using System.Text.Json;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Publishes texts as the Kafka extension does, but waits until they are acknowledged.</summary>
internal sealed class PublishingOutputBindingSink(IServiceProvider services, SettingResolver settings) : IOutputBindingSink
{
    public async ValueTask SendAsync(FunctionDescriptor function, BindingDescriptor output, object value, CancellationToken cancellationToken)
    {
        var records = Texts(function, output, value).Select(KafkaOutputEnvelope.Read).ToArray();
        if (records.Length == 0)
        {
            return;
        }

        var publisher = services.GetService<IRecordPublisher>()
            ?? throw new SelfHostException($"Function '{function.Name}' has output for Kafka, but the app registers no IRecordPublisher. Call AddKafkaFunctions in Program.cs.");
        await publisher.PublishAsync(settings.Resolve(output.GetString("topic") ?? ""), records, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<string> Texts(FunctionDescriptor function, BindingDescriptor output, object value) => value switch
    {
        string text => Explode(text),
        IEnumerable<string?> texts => texts.Select(text => text ?? ""),
        _ => throw new SelfHostException(
            $"Function '{function.Name}' returned {value.GetType()} for the output '{output.Name}', which nothing takes. Return string or string[], or output records with Kafka__OutputDelivery=Acknowledged."),
    };

    // As with the extension, a text that is a JSON array is one message per element.
    private static IEnumerable<string> Explode(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed is not ['[', .., ']'])
        {
            return [text];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(element => element.ToString())];
        }
        catch (JsonException)
        {
            return [text];
        }
    }
}
