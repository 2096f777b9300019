namespace KafkaFunctions.Streams.Brokers.Consuming;

/// <summary>What an <see cref="IGroupConsumer"/> reads and how much it holds.</summary>
/// <param name="ConsumerGroup">The consumer group.</param>
/// <param name="Topic">The topic.</param>
public sealed record GroupConsumerOptions(string ConsumerGroup, string Topic)
{
    /// <summary>Most records in a batch. Default 1,000.</summary>
    public int MaxBatchRecords { get; init; } = 1000;

    /// <summary>Most bytes of keys and values in a batch, unless its first record alone has more. Default 8 MiB.</summary>
    public int MaxBatchBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long a partition that is taken away may go on with the batch in hand before it is cancelled. Default 30 s; well
    /// under <c>max.poll.interval.ms</c>.</summary>
    public TimeSpan RevokeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where a group that has committed nothing begins: false (default) at the oldest record kept, true at the end.</summary>
    public bool FromLatest { get; init; }

    /// <summary>Further properties of the Kafka client, by librdkafka's names; the embedded log has none. Default none.</summary>
    public IReadOnlyDictionary<string, string> ClientProperties { get; init; } = new Dictionary<string, string>();
}
