using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Tests.State;

/// <summary>Topics of one partition, of which only the end is known.</summary>
internal sealed class EndOfTopic : ITopicClient
{
    public long End { get; set; }

    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PartitionOffsets>>([new PartitionOffsets(0, 0, End)]);

    public Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
