using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Knows how many records were written to topics; nothing else.</summary>
internal sealed class WrittenTopics : ITopicClient
{
    private readonly Dictionary<(string Topic, int Partition), long> _ends = [];

    /// <summary>Writes a record.</summary>
    /// <returns>Its offset.</returns>
    public long Write(string topic, int partition)
    {
        AddPartition(topic, partition);
        return _ends[(topic, partition)]++;
    }

    /// <summary>Adds a partition without records, if it is not there.</summary>
    public void AddPartition(string topic, int partition) => _ends.TryAdd((topic, partition), 0);

    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken)
    {
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
