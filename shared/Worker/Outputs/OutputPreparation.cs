using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Composition;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>Makes ready what sends the functions' outputs, and the publisher for their topics.</summary>
internal sealed class OutputPreparation(FunctionCatalog catalog, IRecordPublisher publisher, IOptions<OutputOptions> options, IServiceProvider services) : Preparation
{
    private readonly string[] _topics =
        [.. catalog.Functions.SelectMany(function => function.Outputs).Select(output => output.Topic).Distinct(StringComparer.Ordinal)];

    protected override bool IsNeeded() => _topics.Length > 0 && options.Value.OutputDelivery == OutputDelivery.Acknowledged;

    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await publisher.PrepareAsync(_topics, cancellationToken).ConfigureAwait(false);
        _ = services.GetService<OutputDispatcher>();
    }
}
