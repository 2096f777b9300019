using System.Collections.Concurrent;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Worker.Tests.Provisioning;

/// <summary>The topics of a broker that can be away, or refuse.</summary>
internal sealed class FakeTopics : ITopicClient
{
    public ConcurrentDictionary<string, TopicSpecification> Existing { get; } = new();

    /// <summary>What every call fails with; null while the broker is there.</summary>
    public volatile Exception? Outage;

    /// <summary>What creating a topic fails with; null where it may be created.</summary>
    public Func<string, Exception?> Refusal { get; set; } = _ => null;

    public Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken) => Outage is { } error
        ? Task.FromException<TopicDescription?>(error)
        : Task.FromResult(Existing.TryGetValue(topic, out var found) ? new TopicDescription(topic, found.Partitions) : null);

    public Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken) => (Outage ?? Refusal(specification.Name)) is { } error
        ? Task.FromException<bool>(error)
        : Task.FromResult(Existing.TryAdd(specification.Name, specification));

    public Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
