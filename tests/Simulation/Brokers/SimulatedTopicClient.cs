using KafkaFunctions.Simulation.Instances;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Testing.Brokers;

namespace KafkaFunctions.Simulation.Brokers;

/// <summary>Tells an instance where topics end: every call is a step.</summary>
internal sealed class SimulatedTopicClient(World world, Instance owner) : ITopicClient
{
    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken)
    {
        var step = new ResultStep<IReadOnlyList<PartitionOffsets>>(StepKind.Ends, owner, topic, () => EndsOf(world.Broker[topic]))
        {
            Trouble = Unavailable,
            LostAnswer = Unavailable,
        };
        world.Scheduler.Add(step);
        return step.Task;
    }

    public Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IReadOnlyList<PartitionOffsets> EndsOf(InMemoryTopic topic) =>
        [.. topic.Partitions.Select((log, partition) => new PartitionOffsets(partition, 0, log.Count))];

    private static BrokerUnavailableException Unavailable() => new("The broker does not answer.");
}
