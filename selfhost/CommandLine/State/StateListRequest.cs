namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>What <c>state list</c> is asked for.</summary>
/// <param name="Store">The store.</param>
internal sealed record StateListRequest(string Store)
{
    /// <summary>What the keys begin with; null for anything.</summary>
    public string? Prefix { get; init; }

    /// <summary>The first key; null from the beginning.</summary>
    public string? From { get; init; }

    /// <summary>The last key; null to the end.</summary>
    public string? To { get; init; }

    /// <summary>Most entries; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Whether each line is a JSON document.</summary>
    public bool AsJson { get; init; }
}
