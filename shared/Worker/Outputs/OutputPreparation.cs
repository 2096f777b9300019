using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Composition;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>Makes the publisher ready for the topics of the functions' outputs.</summary>
internal sealed class OutputPreparation(FunctionCatalog catalog, IRecordPublisher publisher, IOptions<OutputOptions> options) : Preparation
{
    private readonly string[] _topics =
        [.. catalog.Functions.SelectMany(function => function.Outputs).Select(output => output.Topic).Distinct(StringComparer.Ordinal)];

    protected override bool IsNeeded() => _topics.Length > 0 && options.Value.OutputDelivery == OutputDelivery.Acknowledged;

    protected override Task PrepareAsync(CancellationToken cancellationToken) => publisher.PrepareAsync(_topics, cancellationToken);
}
