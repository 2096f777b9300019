using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;

namespace KafkaFunctions.App.Ingest;

/// <summary>What <see cref="IngestEvents"/> takes: the settings <c>Ingest:…</c>.</summary>
public sealed class IngestOptions
{
    /// <summary>The section of the settings.</summary>
    public const string SectionName = "Ingest";

    // Array.MaxLength is a little less than int.MaxValue.
    private const int LargestBody = 1024 * 1024 * 1024;

    /// <summary>The topics that may be written to, separated by commas. Default <c>web-logs,input-topic</c>.</summary>
    public string Topics { get; set; } = $"{App.Topics.WebLogs},{App.Topics.Input}";

    /// <summary>The largest body in bytes, as sent and decompressed. Default 4 MiB.</summary>
    [Range(1, LargestBody)]
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The most records of one request. Default 10,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRecords { get; set; } = 10_000;

    /// <summary>How long a request waits for the broker before it is answered with 503. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AcknowledgeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The names of <see cref="Topics"/>.</summary>
    internal string[] AllowedTopics => Topics.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Refuses a topic that is not on the list.</summary>
    /// <exception cref="IngestRejectedException">The topic is not on the list.</exception>
    internal void CheckTopic(string topic)
    {
        if (!AllowedTopics.Contains(topic, StringComparer.Ordinal))
        {
            throw new IngestRejectedException(
                StatusCodes.Status404NotFound,
                $"The topic '{topic}' takes no records from outside. Those that do are set in Ingest:Topics: {string.Join(", ", AllowedTopics)}.");
        }
    }
}
