using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Advertising;

/// <summary>Joins impressions of advertisements with clicks on them: the impressions' side.</summary>
public sealed class ClickImpressions
{
    internal static readonly StreamProcessor Processor = KStream
        .From(ImpressionJoin.Key, ImpressionJoin.Impressions)
        .AsLeftOf(ImpressionJoin.Join)
        .To(ImpressionJoin.Key, ImpressionJoin.Outcomes);

    /// <summary>From <c>ad-impressions</c>, keyed by impression, to <c>ad-impression-outcomes</c>.</summary>
    [Function(nameof(ClickImpressions))]
    [KafkaOutput("%BrokerList%", Topics.ImpressionOutcomes)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.Impressions, ConsumerGroup = "click-impressions", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
