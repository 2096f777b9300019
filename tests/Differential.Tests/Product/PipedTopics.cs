using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Differential.Tests.Product;

/// <summary>Knows how many records were piped into topics; nothing else.</summary>
internal sealed class PipedTopics : ITopicClient
{
    private readonly Dictionary<(string Topic, int Partition), long> _ends = [];

    public void Add(string topic, int partition, long end) => _ends[(topic, partition)] = end;

    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PartitionOffsets>>(
            [.. from end in _ends where end.Key.Topic == topic select new PartitionOffsets(end.Key.Partition, 0, end.Value)]);

    public Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<KafkaFunctions.Streams.Records.InputRecord> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
