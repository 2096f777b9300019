using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>The ways that page views go. Their values stay as they are.</summary>
public sealed class PageViewBranches
{
    /// <summary>Requests that the server failed to answer (status 500 and above).</summary>
    [KafkaOutput("%BrokerList%", Topics.PageViewErrors)]
    public OutputRecord[]? Errors { get; set; }

    /// <summary>Requests of programs.</summary>
    [KafkaOutput("%BrokerList%", Topics.PageViewBots)]
    public OutputRecord[]? Bots { get; set; }

    /// <summary>Requests of people.</summary>
    [KafkaOutput("%BrokerList%", Topics.PageViewsClean)]
    public OutputRecord[]? Clean { get; set; }

    internal static PageViewBranches Of(StreamResult result) => new()
    {
        Errors = result.ToArray(nameof(Errors)),
        Bots = result.ToArray(nameof(Bots)),
        Clean = result.ToArray(nameof(Clean)),
    };
}
