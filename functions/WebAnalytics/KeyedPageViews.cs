using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Page views under the keys that they are counted by. Their values stay as they are.</summary>
public sealed class KeyedPageViews
{
    /// <summary>Under the path of the page.</summary>
    [KafkaOutput("%BrokerList%", Topics.PageViewsByPage)]
    public OutputRecord[]? ByPage { get; set; }

    /// <summary>Under the client's address.</summary>
    [KafkaOutput("%BrokerList%", Topics.PageViewsByVisitor)]
    public OutputRecord[]? ByVisitor { get; set; }

    internal static KeyedPageViews Of(StreamResult result) => new()
    {
        ByPage = result.ToArray(nameof(ByPage)),
        ByVisitor = result.ToArray(nameof(ByVisitor)),
    };
}
