using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Simulation.Scheduling;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Worker.Outputs;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Instances;

/// <summary>The reader of a function's partition in an instance: takes batches, has them invoked until they succeed, commits.
/// It may be the partition's owner, or believe so.</summary>
internal sealed class Owner(World world, Instance instance, SimulatedFunction function, int partition)
{
    private const int MaxBatch = 6;
    private const double CutAnew = 0.3;
    private const double FencedStops = 0.5;

    private readonly int _generation = world.Broker.NextGeneration(function.Name, partition);
    private readonly List<KafkaRecord> _log = world.Broker[function.Source].Partitions[partition];

    public Instance Instance => instance;

    public SimulatedFunction Function => function;

    public int Partition => partition;

    /// <summary>Whether it gives the partition to another one after the batch in hand.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>The first offset that it has not processed.</summary>
    public int Position { get; private set; } = (int)world.Broker.Committed(function.Name, partition);

    public async Task RunAsync()
    {
        while (true)
        {
            await world.PollAsync(this).ConfigureAwait(false);
            if (IsLeaving)
            {
                world.TakeOver(this);
                return;
            }

            if (Position == _log.Count)
            {
                continue;
            }

            var end = await ProcessAsync().ConfigureAwait(false);
            if (!await CommitAsync(end).ConfigureAwait(false))
            {
                world.Fenced++;
                if (world.Dice.Chance(FencedStops))
                {
                    return;
                }
            }

            Position = end;
        }
    }

    public override string ToString() => $"{instance} {function.Name}:{partition}@{Position}";

    /// <returns>The offset after the batch.</returns>
    private async Task<int> ProcessAsync()
    {
        var end = Cut();
        while (true)
        {
            world.Batches++;
            try
            {
                await Invocation.RunAsync(world, instance, function, _log.GetRange(Position, end - Position).ToArray()).ConfigureAwait(false);
                return end;
            }
            catch (Exception error) when (error is StateUnavailableException or StateConflictException or PublishException or BrokerUnavailableException or BatchRetryException)
            {
                world.Failures++;
                world.Say($"{this} fails: {error.Message}");
            }

            var pause = new ResultStep<bool>(StepKind.Retry, instance, function.Name, () => true) { IsInstant = true };
            world.Scheduler.Add(pause);
            await pause.Task.ConfigureAwait(false);
            if (world.Dice.Chance(CutAnew))
            {
                end = Cut();
            }
        }
    }

    private int Cut() => world.Dice.Between(Position + 1, Math.Min(_log.Count, Position + MaxBatch));

    private Task<bool> CommitAsync(int end)
    {
        var step = new ResultStep<bool>(
            StepKind.Commit, instance, function.Name, () => world.Broker.Commit(function.Name, partition, _generation, end));
        world.Scheduler.Add(step);
        return step.Task;
    }
}
