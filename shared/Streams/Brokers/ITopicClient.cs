using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Brokers;

/// <summary>What operators and tools do with topics, outside of triggers. Safe for concurrent use.</summary>
/// <remarks>Every member raises <see cref="BrokerUnavailableException"/> where the broker does not answer in time.</remarks>
public interface ITopicClient : IAsyncDisposable
{
    /// <summary>All topics but the broker's internal ones, by name.</summary>
    Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One topic; null where it does not exist. Never creates it.</summary>
    Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken);

    /// <summary>Creates a topic.</summary>
    /// <returns>False where it existed already; it is left as it is.</returns>
    /// <exception cref="ArgumentException">The specification breaks a limit.</exception>
    Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken);

    /// <summary>Offsets of every partition, by partition.</summary>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken);

    /// <summary>What a consumer group has committed for every partition of a topic, by partition.</summary>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken);

    /// <summary>Reads records; the order is kept within each partition.</summary>
    /// <exception cref="TopicNotFoundException">The topic, or the partition asked for, does not exist.</exception>
    IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, CancellationToken cancellationToken);
}
