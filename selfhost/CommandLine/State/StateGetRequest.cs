namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>What <c>state get</c> is asked for.</summary>
/// <param name="Store">The store.</param>
/// <param name="Key">The key.</param>
internal sealed record StateGetRequest(string Store, string Key)
{
    /// <summary>Start of the only window; null for any.</summary>
    public string? Window { get; init; }

    /// <summary>The lowest start of windows; null from the first.</summary>
    public string? From { get; init; }

    /// <summary>The highest start of windows; null to the last.</summary>
    public string? To { get; init; }

    /// <summary>Whether each line is a JSON document.</summary>
    public bool AsJson { get; init; }
}
