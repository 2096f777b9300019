using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Takes a visitor's page views together that are no more than half an hour apart.</summary>
public sealed class UserSessions
{
    private static readonly SessionWindows Visits = SessionWindows
        .Of(TimeSpan.FromMinutes(30))
        .WithGrace(TimeSpan.FromMinutes(5))
        .WithRetention(TimeSpan.FromDays(1));

    internal static readonly StreamProcessor Processor = KStream
        .From(Serdes.Required(Serdes.Utf8), Serdes.Required(Serdes.Json(AppJson.Wire.PageVisit)))
        .WithTimestamp((_, visit) => visit.Time.ToUnixTimeMilliseconds())
        .GroupByKey(Serdes.Required(Serdes.Utf8))
        .WindowedBy(Visits)
        .Aggregate(
            () => PageTrail.Empty,
            (_, visit, trail) => trail.With(visit),
            (_, earlier, later) => earlier.With(later),
            Stores.UserSessions,
            Serdes.Required(Serdes.Json(AppJson.Wire.PageTrail)))
        .MapValues(UserSession.Of)
        .To(Serdes.WindowedJson(Serdes.Required(Serdes.Utf8)), Serdes.Json(AppJson.Wire.UserSession));

    /// <summary>From <c>page-views-by-visitor</c> to <c>user-sessions</c>: each session as it grows, with a tombstone for one that has
    /// become another.</summary>
    [Function(nameof(UserSessions))]
    [KafkaOutput("%BrokerList%", Topics.UserSessions)]
    public async Task<OutputRecord[]> Run(
        [KafkaTrigger("%BrokerList%", Topics.PageViewsByVisitor, ConsumerGroup = "user-sessions", IsBatched = true, KeyDataType = KafkaMessageKeyType.Binary)]
        KafkaRecord[] records,
        FunctionContext context) => (await Processor.RunAsync(records, context)).ToArray();
}
