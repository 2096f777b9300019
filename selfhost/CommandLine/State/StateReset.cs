using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.State;

namespace KafkaFunctions.SelfHost.CommandLine.State;

/// <summary>Lets a function begin anew: without offsets, then without state. In this order: a function that starts in between finds
/// every record applied already, whereas without state but with offsets it would never see them again.</summary>
internal sealed class StateReset(IStateStorage storage, ResetPlanner planner, IConsumerGroupClient groups, KafkaHostOptions host, CommandConsole console)
{
    public async Task<int> RunAsync(string function, bool isConfirmed, CancellationToken cancellationToken)
    {
        var plan = await planner.PlanAsync(function, cancellationToken);
        if (host.AutoOffsetReset == OffsetReset.Latest)
        {
            return CommandRun.Fail(console, $"Without offsets {plan.Functions} would begin at the end of {plan.Topics}: autoOffsetReset in host.json is Latest. Set Earliest, and keep it while records are counted. Nothing was deleted.");
        }

        if (!isConfirmed)
        {
            if (!console.InputIsTerminal)
            {
                CommandRun.Fail(console, $"reset deletes store {plan.StoreNames} and the offsets of group {plan.Groups}, and nobody can be asked. Add --yes.");
                return ExitStatus.WrongUsage;
            }

            if (!Ask(plan))
            {
                return CommandRun.Fail(console, "Nothing was deleted.");
            }
        }

        return await ResetAsync(plan, cancellationToken);
    }

    private bool Ask(ResetPlan plan)
    {
        console.Error.WriteLine($"This deletes store {plan.StoreNames} and the offsets of group {plan.Groups}.");
        console.Error.WriteLine($"{plan.Functions} will read {plan.Topics} from the oldest record that is kept.");
        console.Error.Write("Delete? [y/N] ");
        using var input = new StreamReader(console.Input, leaveOpen: true);
        return input.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    private async Task<int> ResetAsync(ResetPlan plan, CancellationToken cancellationToken)
    {
        var forgotten = new List<IForgottenGroup>();
        try
        {
            foreach (var group in plan.Consumers.Select(consumer => consumer.ConsumerGroup).Distinct())
            {
                forgotten.Add(await groups.ForgetAsync(group, cancellationToken));
                console.Error.WriteLine(forgotten[^1].HadOffsets ? $"Offsets of group '{group}' deleted." : $"Group '{group}' has no offsets.");
            }

            await DeleteStoresAsync(plan, cancellationToken);
            foreach (var group in forgotten)
            {
                if (!await group.IsUntouchedAsync(cancellationToken))
                {
                    return CommandRun.Fail(console, $"{plan.Functions} was started in the meantime: what it counted may be too little. Stop it and reset it again.");
                }
            }
        }
        finally
        {
            foreach (var group in forgotten)
            {
                await group.DisposeAsync();
            }
        }

        console.Output.WriteLine($"Reset {plan.Functions}. It reads {plan.Topics} anew when it is started.");
        return ExitStatus.Done;
    }

    private async Task DeleteStoresAsync(ResetPlan plan, CancellationToken cancellationToken)
    {
        foreach (var store in plan.Stores)
        {
            console.Error.WriteLine($"Deleting store '{store}' ...");
            console.Error.WriteLine(await storage.DeleteAsync(store, cancellationToken) ? $"Store '{store}' deleted." : $"Store '{store}' is not there.");
        }
    }
}
