using KafkaFunctions.Simulation.Instances;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Simulation.Brokers;

/// <summary>An instance's publisher: every call is a step.</summary>
internal sealed class SimulatedPublisher(World world, Instance owner) : IRecordPublisher
{
    private const long MaxRecordBytes = 1_000_000;

    public Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (world.Pipeline.Refuses(topic, records[i]))
            {
                return Task.FromException(new RecordRefusedException(topic, i, "It is refused."));
            }
        }

        var step = new PublishStep(owner, world.Broker, topic, Broken(records))
        {
            Trouble = () => new PublishException(topic, "The broker does not answer."),
            LostAnswer = () => new PublishException(topic, "The acknowledgement was lost."),
        };
        world.Scheduler.Add(step);
        return step.Task;
    }

    public ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken) => new(MaxRecordBytes);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private IReadOnlyList<OutputRecord> Broken(IReadOnlyList<OutputRecord> records)
    {
        switch (world.Broken)
        {
            case ProtocolRule.PublishOrder:
                OutputRecord[] shuffled = [.. records];
                world.Dice.Shuffle(shuffled);
                return shuffled;
            case ProtocolRule.Path:
                return [.. records.Select(OnePath.Of)];
            case ProtocolRule.LookAgain:
                return [.. records.Where(record => record.Origin is not null)];
            default:
                return records;
        }
    }
}
