using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Counts people's page views per page, from the first on.</summary>
public sealed class CountPageViews
{
    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Bytes, Serdes.Required(Serdes.Json(AppJson.Wire.PageView)))
        .GroupBy((_, view) => view.Path, Serdes.Utf8)
        .Count(Stores.PageViewTotals)
        .MapValues((page, views) => new PageViewTotal(page!, views))
        .To(Serdes.Utf8, Serdes.Json(AppJson.Wire.PageViewTotal));

    /// <summary>From <c>page-views-clean</c> to <c>page-view-totals</c>: the total of each page that was viewed.</summary>
    [Function(nameof(CountPageViews))]
    [KafkaOutput("%BrokerList%", Topics.PageViewTotals)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.PageViewsClean, ConsumerGroup = "count-page-views", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
