namespace KafkaFunctions.App.WebAnalytics;

/// <summary>What routing needs to know of a <see cref="PageView"/>; the rest is read over.</summary>
internal readonly record struct PageViewFacts
{
    /// <summary>Status of the response.</summary>
    public required int Status { get; init; }

    /// <summary>Whether the client is a program.</summary>
    public required bool IsBot { get; init; }
}
