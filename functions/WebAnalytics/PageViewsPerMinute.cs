using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Tables;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Counts people's page views per page and minute.</summary>
public sealed class PageViewsPerMinute
{
    private static readonly TimeWindows Minutes = TimeWindows
        .Tumbling(TimeSpan.FromMinutes(1))
        .WithGrace(TimeSpan.FromMinutes(1))
        .WithRetention(TimeSpan.FromHours(1));

    internal static readonly StreamProcessor Processor = Build();

    /// <summary>From <c>page-views-by-page</c> to <c>page-views-per-minute</c> and, once a minute is over, <c>page-views-per-minute-final</c>;
    /// what comes more than a minute after that goes to <c>page-views-late</c>.</summary>
    [Function(nameof(PageViewsPerMinute))]
    public async Task<PageViewCounts> Run(
        [KafkaTrigger("%BrokerList%", Topics.PageViewsByPage, ConsumerGroup = "page-views-per-minute", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => PageViewCounts.Of(await Processor.RunAsync(records, context));

    private static StreamProcessor Build()
    {
        var counts = KStream
            .From(Serdes.Required(Serdes.Utf8), Serdes.Required(Serdes.Bytes))
            .GroupByKey(Serdes.Required(Serdes.Utf8))
            .WindowedBy(Minutes)
            .LateTo(nameof(PageViewCounts.Late))
            .Count(Stores.PageViewsPerMinute);
        Write(counts, nameof(PageViewCounts.Updates));
        return Write(counts.Suppress(Suppressed.UntilWindowCloses()), nameof(PageViewCounts.Final));
    }

    private static StreamProcessor Write(KTable<Windowed<string>, long> counts, string output) => counts
        .MapValues((page, views) => new PageViewCount(page.Key, page.Window.StartTime, page.Window.EndTime, views))
        .To(Serdes.WindowedJson(Serdes.Required(Serdes.Utf8)), Serdes.Json(AppJson.Wire.PageViewCount), output);
}
