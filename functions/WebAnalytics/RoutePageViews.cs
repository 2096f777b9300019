using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Sends each page view one way: the server's errors first, then bots, then people.</summary>
public sealed class RoutePageViews
{
    private const int FirstServerError = 500;

    private static readonly RawJsonSerde<PageViewFacts> Views = new(Serdes.Json(AppJson.Wire.PageViewFacts));

    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Bytes, Views)
        .Split()
        .Branch((_, view) => view.Facts.Status >= FirstServerError, errors => errors.To(Serdes.Bytes, Views, nameof(PageViewBranches.Errors)))
        .Branch((_, view) => view.Facts.IsBot, bots => bots.To(Serdes.Bytes, Views, nameof(PageViewBranches.Bots)))
        .Default(people => people.To(Serdes.Bytes, Views, nameof(PageViewBranches.Clean)));

    /// <summary>From <c>page-views</c> to <c>page-views-errors</c>, <c>page-views-bots</c> and <c>page-views-clean</c>.</summary>
    [Function(nameof(RoutePageViews))]
    public PageViewBranches Run(
        [KafkaTrigger("%BrokerList%", Topics.PageViews, ConsumerGroup = "route-page-views", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => PageViewBranches.Of(Processor.Run(records, context));
}
