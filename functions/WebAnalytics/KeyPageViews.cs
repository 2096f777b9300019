using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Gives people's page views the keys that windows are made by: a window closes by the clock of the partition that its key's
/// records come from, so each key needs a partition of its own. Requests without a path are left out.</summary>
public sealed class KeyPageViews
{
    private static readonly RawJsonSerde<PageViewKeys> Views = new(Serdes.Json(AppJson.Wire.PageViewKeys));

    internal static readonly StreamProcessor Processor = Build();

    /// <summary>From <c>page-views-clean</c> to <c>page-views-by-page</c> and <c>page-views-by-visitor</c>.</summary>
    [Function(nameof(KeyPageViews))]
    public KeyedPageViews Run(
        [KafkaTrigger("%BrokerList%", Topics.PageViewsClean, ConsumerGroup = "key-page-views", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => KeyedPageViews.Of(Processor.Run(records, context));

    private static StreamProcessor Build()
    {
        var views = KStream.From(Serdes.Bytes, Views).Filter((_, view) => view.Facts.Path is not null);
        views.SelectKey((_, view) => view.Facts.Path).To(Serdes.Utf8, Views, nameof(KeyedPageViews.ByPage));
        return views.SelectKey((_, view) => view.Facts.Host).To(Serdes.Utf8!, Views, nameof(KeyedPageViews.ByVisitor));
    }
}
