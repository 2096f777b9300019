using KafkaFunctions.Simulation.Pipeline;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Simulation.Instances;

/// <summary>When timers run in a world: now and then beside everything else, and when all have come to rest and time has gone by.</summary>
/// <param name="world">The world.</param>
internal sealed class Timers(World world)
{
    // In milliseconds: longer than any window, grace and lease.
    private const int TimeOfQuiet = 20_000_000;
    private const int TimeOfLease = 400_000;

    // In milliseconds: longer than rows without windows stay.
    private const int TimeOfEmptyRows = 2 * 3_600_000;

    private const int MaxSteps = 300;

    /// <summary>Nothing comes in for long, and timers close windows: under trouble, of several instances at once, and then once without.</summary>
    public void CloseIdle()
    {
        var functions = world.Pipeline.Functions.Where(function => function.ClosesAfterIdle).ToList();
        if (functions.Count == 0)
        {
            return;
        }

        world.Scheduler.Skipped += TimeOfQuiet;
        RunTroubled(functions, StartToClose);
        world.Scheduler.Skipped += TimeOfQuiet;
        functions.ForEach(StartToClose);
        world.Rest();
    }

    /// <summary>In some worlds no record comes for longer than rows without windows stay, and timers delete them: under trouble, and then
    /// without, until nothing is left to delete. Records come in before that and in between.</summary>
    public void CleanUp()
    {
        if (!world.CleansUp)
        {
            return;
        }

        world.Scheduler.Skipped += TimeOfEmptyRows;
        RunTroubled(world.Pipeline.Functions, StartToCleanUp);
        world.Rest();
        CleanUpInPeace();
        world.Feed(world.Pipeline.Parts.SelectMany(part => part.InputsAfterCleanUp(world.Dice)));

        // One run moves rows on in the index, which is a write, and the next one deletes them.
        CleanUpInPeace();
        CleanUpInPeace();
    }

    public void StartToCleanUp(SimulatedFunction function) => Start(function, "cleans up", Upkeep.CleanUpAsync);

    private void StartToClose(SimulatedFunction function) => Start(function, "closes what is quiet", Upkeep.CloseIdleAsync);

    private void CleanUpInPeace()
    {
        foreach (var function in world.Pipeline.Functions)
        {
            // One after the other: of two functions with one store, only one would have the lease.
            world.Scheduler.Skipped += TimeOfEmptyRows;
            StartToCleanUp(function);
            world.Rest();
        }
    }

    private void RunTroubled(IReadOnlyList<SimulatedFunction> functions, Action<SimulatedFunction> start)
    {
        for (var round = world.Dice.Between(1, 3); round > 0; round--)
        {
            foreach (var function in functions)
            {
                start(function);
            }

            world.RunTroubled(MaxSteps);
            world.Scheduler.Skipped += world.Dice.Of(0, TimeOfLease);
        }

        world.Rest();
    }

    private void Start(SimulatedFunction function, string what, Func<World, Instance, SimulatedFunction, Task> run)
    {
        var instance = world.AnyInstance();
        world.Say($"{instance} {what} of {function.Name}");
        _ = GuardAsync(instance, $"{function.Name} {what}", run(world, instance, function));
    }

    private async Task GuardAsync(Instance instance, string what, Task run)
    {
        try
        {
            await run.ConfigureAwait(false);
        }
        catch (Exception error) when (error is StateUnavailableException or StateConflictException or PublishException or BrokerUnavailableException or RetryRecordException)
        {
            world.Failures++;
            world.Say($"{instance} {what} and fails: {error.Message}");
        }
#pragma warning disable CA1031 // Whatever it was, it is what the simulation has found.
        catch (Exception error)
#pragma warning restore CA1031
        {
            world.Fail($"{instance} {what}: {error}");
        }
    }
}
