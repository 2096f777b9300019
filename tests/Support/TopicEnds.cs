using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.TestSupport;

/// <summary>Knows how many records were written to topics; nothing else.</summary>
internal sealed class TopicEnds : ITopicClient
{
    private readonly Dictionary<(string Topic, int Partition), long> _ends = [];

    /// <summary>The offset that a partition's next record gets. Setting it makes the partition.</summary>
    public long this[string topic, int partition]
    {
        get => _ends.GetValueOrDefault((topic, partition));
        set => _ends[(topic, partition)] = value;
    }

    /// <summary>How often somebody has asked.</summary>
    public int Asked { get; private set; }

    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken)
    {
        Asked++;
        IReadOnlyList<PartitionOffsets> ends = [.. from end in _ends where end.Key.Topic == topic select new PartitionOffsets(end.Key.Partition, 0, end.Value)];
        return ends.Count == 0 ? throw new TopicNotFoundException(topic) : Task.FromResult(ends);
    }

    public Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
