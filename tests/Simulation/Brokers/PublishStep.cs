using KafkaFunctions.Simulation.Instances;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Testing.Brokers;

namespace KafkaFunctions.Simulation.Brokers;

/// <summary>A publish call: partition by partition, its records become visible in their order, a few at a time.</summary>
internal sealed class PublishStep : Step
{
    private readonly TaskCompletionSource _source = new();
    private readonly InMemoryBroker _broker;
    private readonly string _topic;
    private readonly List<(int Partition, Queue<OutputRecord> Records)> _left = [];

    public PublishStep(Instance owner, InMemoryBroker broker, string topic, IReadOnlyList<OutputRecord> records)
        : base(StepKind.Publish, owner, $"{topic} {records.Count}")
    {
        _broker = broker;
        _topic = topic;
        foreach (var partition in records.GroupBy(record => broker.PartitionOf(topic, record)))
        {
            _left.Add((partition.Key, new Queue<OutputRecord>(partition)));
        }
    }

    public Task Task => _source.Task;

    public override void Complete() => _source.SetResult();

    public override void Fail(Exception error) => _source.SetException(error);

    protected override bool Act(Dice dice)
    {
        if (_left.Count == 0)
        {
            return true;
        }

        var index = dice.Below(_left.Count);
        var (partition, records) = _left[index];
        for (var count = dice.Between(1, records.Count); count > 0; count--)
        {
            _broker.Append(_topic, partition, records.Dequeue());
        }

        if (records.Count == 0)
        {
            _left.RemoveAt(index);
        }

        return _left.Count == 0;
    }
}
