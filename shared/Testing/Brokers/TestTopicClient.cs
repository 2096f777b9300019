using System.Runtime.CompilerServices;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Processing;

namespace KafkaFunctions.Testing.Brokers;

/// <summary>The test's topics, for functions that ask for an <see cref="ITopicClient"/>.</summary>
internal sealed class TestTopicClient(TestTopics topics) : ITopicClient
{
    public Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<TopicDescription>>(
        [.. topics.Broker.Topics.OrderBy(topic => topic.Name, StringComparer.Ordinal).Select(Describe)]);

    public Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken) =>
        Task.FromResult(topics.Broker.Find(topic) is { } found ? Describe(found) : null);

    public Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (topics.Broker.Find(specification.Name) is not null)
        {
            return Task.FromResult(false);
        }

        topics.Broker.Create(specification.Name, specification.Partitions);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PartitionOffsets>>([.. Find(topic).Partitions.Select((log, i) => new PartitionOffsets(i, 0, log.Count))]);

    public Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CommittedOffset>>(
            [.. Find(topic).Partitions.Select((_, i) => new CommittedOffset(i, topics.Broker.Committed(GroupOf(consumerGroup, topic), i) is var offset and > 0 ? offset : null))]);

    public async IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var topic = Find(request.Topic);
        for (var next = request.FromBeginning ? 0 : topic.Arrived.Count; next < topic.Arrived.Count; next++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = topic.Arrived[next];
            if (request.Partition is null || record.Partition == request.Partition)
            {
                yield return record.ToInputRecord();
            }
        }

        if (request.Follow)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What a consumer group has committed is kept by group and topic.</summary>
    public static string GroupOf(string consumerGroup, string topic) => $"{consumerGroup} {topic}";

    private InMemoryTopic Find(string topic) => topics.Broker.Find(topic) ?? throw new TopicNotFoundException(topic);

    private static TopicDescription Describe(InMemoryTopic topic) => new(topic.Name, topic.Partitions.Length);
}
