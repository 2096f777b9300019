using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Advertising;

/// <summary>Joins impressions of advertisements with clicks on them: the clicks' side.</summary>
public sealed class ClickImpressionClicks
{
    internal static readonly StreamProcessor Processor = KStream
        .From(ImpressionJoin.Key, ImpressionJoin.Clicks)
        .AsRightOf(ImpressionJoin.Join)
        .To(ImpressionJoin.Key, ImpressionJoin.Outcomes);

    /// <summary>From <c>ad-clicks</c>, keyed by the impression that was clicked, to <c>ad-impression-outcomes</c>.</summary>
    [Function(nameof(ClickImpressionClicks))]
    [KafkaOutput("%BrokerList%", Topics.ImpressionOutcomes)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.Clicks, ConsumerGroup = "click-impression-clicks", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
