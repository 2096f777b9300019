using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Sends each page view one way: the server's errors first, then bots, then people.</summary>
public sealed class RoutePageViews
{
    private const int FirstServerError = 500;

    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Bytes, RoutedPageViewSerde.Instance)
        .Split()
        .Branch((_, view) => view.Facts.Status >= FirstServerError, errors => errors.To(Serdes.Bytes, RoutedPageViewSerde.Instance, nameof(PageViewBranches.Errors)))
        .Branch((_, view) => view.Facts.IsBot, bots => bots.To(Serdes.Bytes, RoutedPageViewSerde.Instance, nameof(PageViewBranches.Bots)))
        .Default(people => people.To(Serdes.Bytes, RoutedPageViewSerde.Instance, nameof(PageViewBranches.Clean)));

    /// <summary>From <c>page-views</c> to <c>page-views-errors</c>, <c>page-views-bots</c> and <c>page-views-clean</c>.</summary>
    [Function(nameof(RoutePageViews))]
    public PageViewBranches Run(
        [KafkaTrigger("%BrokerList%", Topics.PageViews, ConsumerGroup = "route-page-views", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => PageViewBranches.Of(Processor.Run(records, context));
}
