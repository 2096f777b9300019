using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Keeps the ten pages with the most views of every five minutes.</summary>
public sealed class TopPages
{
    // The counts of a window are written under its start, each time it has changed, until its last view has come: that is so much later.
    // What some partitions of the counts are behind others comes to it.
    private static readonly TimeSpan Grace = PageViewsPerFiveMinutes.Size + PageViewsPerFiveMinutes.Grace + TimeSpan.FromMinutes(4);

    // Windows of the key would each live for ever; in windows of time, they go when they are over.
    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Required(Serdes.Utf8), Serdes.Required(Serdes.Json(AppJson.Wire.PageViewCount)))
        .WithTimestamp((_, count) => count.Start.ToUnixTimeMilliseconds())
        .GroupByKey(Serdes.Required(Serdes.Utf8))
        .WindowedBy(TimeWindows.Tumbling(PageViewsPerFiveMinutes.Advance).WithGrace(Grace).WithRetention(TimeSpan.FromHours(1)))
        .Aggregate(() => PageRanking.Empty, (_, count, pages) => pages.With(count), Stores.TopPages, Serdes.Required(Serdes.Json(AppJson.Wire.PageRanking)))
        .MapValues((start, ranking) => RankedPages.Of(start.Window.StartTime, ranking))
        .ToStream()
        .SelectKey((start, _) => start.Key)
        .To(Serdes.Utf8!, Serdes.Json(AppJson.Wire.RankedPages));

    /// <summary>From <c>page-views-per-5-minutes</c> to <c>top-pages</c>, under the start of the five minutes.</summary>
    [Function(nameof(TopPages))]
    [KafkaOutput("%BrokerList%", Topics.TopPages)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.PageViewsPerFiveMinutes, ConsumerGroup = "top-pages", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
