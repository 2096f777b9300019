namespace KafkaFunctions.App.WebAnalytics;

/// <summary>What a <see cref="PageView"/> is counted by; the rest is read over.</summary>
internal readonly record struct PageViewKeys
{
    /// <summary>Address or name of the client.</summary>
    public required string Host { get; init; }

    /// <summary>The page; null where the request line has none.</summary>
    public string? Path { get; init; }
}
