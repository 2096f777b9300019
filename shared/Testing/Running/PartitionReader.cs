using KafkaFunctions.Testing.Brokers;
using KafkaFunctions.Testing.Faults;
using KafkaFunctions.Testing.Instances;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Running;

/// <summary>A function's reader of one partition in an instance. It may be the partition's owner, or believe so.</summary>
internal sealed class PartitionReader
{
    private readonly InMemoryBroker _broker;
    private readonly string _group;
    private readonly int _generation;
    private readonly List<KafkaRecord> _log;

    public PartitionReader(InMemoryBroker broker, TestFunction function, int partition)
    {
        _broker = broker;
        _group = TestTopicClient.GroupOf(function.Group, function.Topic);
        _generation = broker.NextGeneration(_group, partition);
        _log = broker[function.Topic].Partitions[partition];
        Function = function;
        Partition = partition;
        Position = (int)broker.Committed(_group, partition);
    }

    public TestFunction Function { get; }

    public int Partition { get; }

    /// <summary>The first offset that it has not processed.</summary>
    public int Position { get; private set; }

    public int Lag => _log.Count - Position;

    /// <summary>Has the last records delivered again.</summary>
    public void GoBack(int records) => Position = Math.Max(0, Position - records);

    /// <summary>Has a batch processed, and commits.</summary>
    public async Task ProcessAsync(AppInstance instance, int count, CancellationToken cancellationToken)
    {
        var end = Position + count;
        await Function.InvokeAsync(instance, [.. _log.GetRange(Position, count)], cancellationToken).ConfigureAwait(false);
        if (await instance.ReachAsync(StepKind.BeforeCommit).ConfigureAwait(false))
        {
            return;
        }

        _broker.Commit(_group, Partition, _generation, end);
        if (!await instance.ReachAsync(StepKind.AfterCommit).ConfigureAwait(false))
        {
            Position = end;
        }
    }
}
