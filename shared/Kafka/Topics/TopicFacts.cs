namespace KafkaFunctions.Kafka;

/// <summary>What publishing to a topic depends on.</summary>
/// <param name="Partitions">Number of partitions.</param>
internal sealed record TopicFacts(int Partitions)
{
    /// <summary>Kafka's own default of max.message.bytes: 1 MiB and the header of a batch. Taken where the broker does not tell.</summary>
    public const long DefaultMaxRecordBytes = 1_048_588;

    /// <summary>Largest request that Event Hubs takes: it closes the connection at more. Taken where it does not tell. Source:
    /// "Recommended configurations for Apache Kafka clients", max.request.size, in the documentation of Event Hubs.</summary>
    public const long EventHubsMaxRecordBytes = 1_046_528;

    private const string EventHubsDomain = ".servicebus.windows.net";

    /// <summary>The largest batch, and so the largest record, that the broker takes.</summary>
    public long MaxRecordBytes { get; init; } = DefaultMaxRecordBytes;

    /// <summary>Whether the topic is compacted: the broker refuses records without a key.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>How far a record's timestamp may lie before and after now; null for any distance.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <inheritdoc cref="MaxAge"/>
    public TimeSpan? MaxAhead { get; init; }

    /// <summary>The largest record that is sent to brokers that do not tell theirs.</summary>
    /// <param name="servers">The brokers, <c>host:port,…</c>.</param>
    public static long LimitUnlessTold(string servers) => Array.Exists(servers.Split(','), IsEventHubs) ? EventHubsMaxRecordBytes : DefaultMaxRecordBytes;

    private static bool IsEventHubs(string server) => server.Split(':')[0].Trim().EndsWith(EventHubsDomain, StringComparison.OrdinalIgnoreCase);
}
