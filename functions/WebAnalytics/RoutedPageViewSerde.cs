using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Reads of a page view what routing needs, and writes it as it arrived.</summary>
internal sealed class RoutedPageViewSerde : ISerde<RoutedPageView>
{
    private static readonly ISerde<PageViewFacts> Facts = Serdes.Json(AppJson.Wire.PageViewFacts);

    /// <summary>The one instance; safe for concurrent use.</summary>
    public static RoutedPageViewSerde Instance { get; } = new();

    /// <inheritdoc/>
    public RoutedPageView Deserialize(byte[]? bytes) => new(bytes, Facts.Deserialize(bytes));

    /// <inheritdoc/>
    public byte[]? Serialize(RoutedPageView value) => value.Json;
}
