using System.Text.Json.Serialization;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>That a page was viewed: of a <see cref="PageView"/>, what a session needs; the rest is read over.</summary>
internal sealed record PageVisit
{
    /// <summary>Path of the page.</summary>
    public required string Path { get; init; }

    /// <summary>When the request was received.</summary>
    [JsonConverter(typeof(ZonedTimeConverter))]
    public required DateTimeOffset Time { get; init; }
}
