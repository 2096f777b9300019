namespace KafkaFunctions.Streams.Brokers;

/// <summary>What a new topic shall be.</summary>
/// <param name="Name">The topic's name: 1 to 249 letters, digits, '.', '_' or '-'.</param>
/// <param name="Partitions">Number of partitions, at least 1.</param>
public sealed record TopicSpecification(string Name, int Partitions)
{
    /// <summary>Partitions of a topic that nobody said a number for.</summary>
    public const int DefaultPartitions = 4;

    /// <summary>Longest name of a topic. Source: Kafka's <c>Topic.MAX_NAME_LENGTH</c>.</summary>
    public const int MaxNameLength = 249;

    /// <summary>How long records are kept by their timestamp; null (default) for the broker's own rule.
    /// <see cref="Timeout.InfiniteTimeSpan"/>: for ever. Topics that carry event time need that, or the broker deletes
    /// records with an old timestamp at once.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Largest record in bytes; null (default) for the broker's own limit.</summary>
    public long? MaxRecordBytes { get; init; }
}
