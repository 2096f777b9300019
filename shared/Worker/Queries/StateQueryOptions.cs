using System.ComponentModel.DataAnnotations;

namespace KafkaFunctions.Worker.Queries;

/// <summary>How queries of state are answered. Section <c>StateQueries</c> of the settings.</summary>
public sealed class StateQueryOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "StateQueries";

    /// <summary>How long a query waits for the storage before it is answered with 503. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
