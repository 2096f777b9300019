using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>Page views per minute, in the two ways that they are published.</summary>
public sealed class PageViewCounts
{
    /// <summary>The count of each page and minute, as it grows.</summary>
    [KafkaOutput("%BrokerList%", Topics.PageViewsPerMinute)]
    public OutputRecord[]? Updates { get; set; }

    /// <summary>The count of each page and minute, once, when the minute is over.</summary>
    [KafkaOutput("%BrokerList%", Topics.PageViewsPerMinuteFinal)]
    public OutputRecord[]? Final { get; set; }

    /// <summary>Page views that came after that, as they came.</summary>
    [KafkaOutput("%BrokerList%", Topics.PageViewsLate)]
    public OutputRecord[]? Late { get; set; }

    internal static PageViewCounts Of(StreamResult result) => new()
    {
        Updates = result.ToArray(nameof(Updates)),
        Final = result.ToArray(nameof(Final)),
        Late = result.ToArray(nameof(Late)),
    };
}
