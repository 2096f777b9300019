namespace KafkaFunctions.SelfHost.Settings;

/// <summary><c>extensions.kafka</c> of host.json. Null: the Kafka client's own default.</summary>
internal sealed record KafkaHostOptions
{
    /// <summary>Most records of an invocation.</summary>
    public int MaxBatchSize { get; set; } = 64;

    /// <summary>Longest time that a batch is collected for.</summary>
    public int SubscriberIntervalInSeconds { get; set; } = 1;

    /// <summary>Batches that wait while one is being processed.</summary>
    public int ExecutorChannelCapacity { get; set; } = 1;

    /// <summary>How soon a full channel is tried again.</summary>
    public int ChannelFullRetryIntervalInMs { get; set; } = 50;

    /// <summary>How long to wait after a poll that brought nothing.</summary>
    public int SubscriberIdleBackoffMs { get; set; } = 50;

    /// <summary>The Functions host's switch to at-most-once; the self-host never skips.</summary>
    public bool CommitOnFailure { get; set; } = true;

    /// <summary>The Functions host's limit of re-executions; the self-host has none.</summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>How often offsets are committed.</summary>
    public int AutoCommitIntervalMs { get; set; } = 200;

    /// <summary>Where a group that has committed nothing begins.</summary>
    public OffsetReset AutoOffsetReset { get; set; } = OffsetReset.Earliest;

    /// <summary>How long the broker waits for a sign of life before it takes the partitions away.</summary>
    public int SessionTimeoutMs { get; set; } = 10_000;

    /// <summary>How often the client asks for topics and brokers again.</summary>
    public int MetadataMaxAgeMs { get; set; } = 180_000;

    /// <summary>TCP keep-alive.</summary>
    public bool SocketKeepaliveEnable { get; set; } = true;

    /// <summary>Debug contexts of the Kafka client.</summary>
    public string? LibkafkaDebug { get; set; }

    /// <summary>First pause before a connection is tried again.</summary>
    public int? ReconnectBackoffMs { get; set; }

    /// <summary>Longest pause before a connection is tried again.</summary>
    public int? ReconnectBackoffMaxMs { get; set; }

    /// <summary>How often the client reports statistics.</summary>
    public int? StatisticsIntervalMs { get; set; }

    /// <summary>Longest time between polls before the consumer counts as dead.</summary>
    public int? MaxPollIntervalMs { get; set; }

    /// <summary>Records that the client tries to hold ready.</summary>
    public int? QueuedMinMessages { get; set; }

    /// <summary>Most KiB that the client holds ready.</summary>
    public int? QueuedMaxMessagesKbytes { get; set; }

    /// <summary>Most bytes that a fetch brings of one partition.</summary>
    public int? MaxPartitionFetchBytes { get; set; }

    /// <summary>Most bytes that a fetch brings.</summary>
    public int? FetchMaxBytes { get; set; }
}
