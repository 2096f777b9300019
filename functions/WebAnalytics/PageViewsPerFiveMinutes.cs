using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Counts people's page views per page over five minutes, anew every minute, for <see cref="TopPages"/>.</summary>
public sealed class PageViewsPerFiveMinutes
{
    internal static readonly TimeSpan Size = TimeSpan.FromMinutes(5);
    internal static readonly TimeSpan Advance = TimeSpan.FromMinutes(1);
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Required(Serdes.Utf8), Serdes.Required(Serdes.Bytes))
        .GroupByKey(Serdes.Required(Serdes.Utf8))
        .WindowedBy(TimeWindows.Hopping(Size, Advance).WithGrace(Grace))
        .Count(Stores.PageViewsPerFiveMinutes)
        .MapValues((page, views) => new PageViewCount(page.Key, page.Window.StartTime, page.Window.EndTime, views))
        .ToStream()
        .SelectKey((page, _) => StartText.Of(page.Window.StartTime))
        .To(Serdes.Utf8!, Serdes.Json(AppJson.Wire.PageViewCount));

    /// <summary>From <c>page-views-by-page</c> to <c>page-views-per-5-minutes</c>, where the pages of one window are neighbours: their key
    /// is its start.</summary>
    [Function(nameof(PageViewsPerFiveMinutes))]
    [KafkaOutput("%BrokerList%", Topics.PageViewsPerFiveMinutes)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.PageViewsByPage, ConsumerGroup = "page-views-per-5-minutes", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
