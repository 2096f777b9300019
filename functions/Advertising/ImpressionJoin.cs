using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.Advertising;

/// <summary>Impressions with the clicks of the ten minutes that follow them; one that nobody clicks comes once, when those are over and
/// another minute for clicks that come late.</summary>
internal static class ImpressionJoin
{
    public static ISerde<string> Key { get; } = Serdes.Required(Serdes.Utf8);

    public static ISerde<Impression> Impressions { get; } = Serdes.Required(Serdes.Json(AppJson.Wire.Impression));

    public static ISerde<Click> Clicks { get; } = Serdes.Required(Serdes.Json(AppJson.Wire.Click));

    public static ISerde<ImpressionOutcome?> Outcomes { get; } = Serdes.Json(AppJson.Wire.ImpressionOutcome);

    public static StreamJoin<string, Impression, Click, ImpressionOutcome> Join { get; } = StreamJoin.Left(
        Stores.ClickImpressions,
        Key,
        Impressions,
        Clicks,
        JoinWindows.Of(before: TimeSpan.Zero, after: TimeSpan.FromMinutes(10)).WithGrace(TimeSpan.FromMinutes(1)),
        ImpressionOutcome.Of,
        nameof(ClickImpressions),
        nameof(ClickImpressionClicks));
}
