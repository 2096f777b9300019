using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Rebalance;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.State;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.StateRebalance;

/// <summary>Several instances on one store: first three that share the partitions, and join, leave and die; then two that own every
/// partition both, because they are in groups of their own.</summary>
internal sealed class StateRebalanceCommand
{
    private const string OtherGroup = "other-owner";
    private static readonly TimeSpan ShortestRound = TimeSpan.FromSeconds(2);

    private readonly Option<StoreKind> _store = StoreUnderTest.CreateOption();
    private readonly Preset<int> _rounds = new("--rounds", "How often an instance joins, leaves or dies, in either half", 30, 3);
    private readonly Preset<int> _seconds = new("--seconds", "The longest time between two changes", 8, 4);
    private readonly Option<int?> _rate = StoreUnderTest.CreateRateOption();
    private readonly Preset<int> _keys = new("--keys", "Different keys", 2_000, 500);

    public static Command Create(CommonOptions common)
    {
        var rebalance = new StateRebalanceCommand();
        return common.Command(
            "state-rebalance",
            "Lets instances with state share partitions, take them over and own them twice, on a real Kafka, and compares every row and output with the reference",
            [rebalance._store, rebalance._rounds.Option, rebalance._seconds.Option, rebalance._rate, rebalance._keys.Option],
            rebalance.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var backend = await Backend.StartAsync(run, BackendKind.Kafka, cancellationToken);
        var store = await StoreUnderTest.StartAsync(run, arguments.GetValue(_store));
        await StatePipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var load = new StateLoad(new Feeder(backend.Publisher, new StateWorkload(run.Seed, _keys.Of(arguments, run))));
        var random = new Random(run.Seed);
        var group = new InstanceGroup(run, StateApps.CreateLauncher(run, backend, store, StatePipeline.Group));
        var others = new InstanceGroup(run, StateApps.CreateLauncher(run, backend, store, OtherGroup), 1);
        await group.StartAllAsync(cancellationToken);
        load.Start(arguments.GetValue(_rate) ?? store.DefaultRate, cancellationToken);

        await ChangeAsync(run, arguments, load, () => group.ChangeAsync(random, mayKill: true, cancellationToken), random, cancellationToken);
        run.Say("a second owner of all partitions starts");
        await others.StartAllAsync(cancellationToken);
        await ChangeAsync(
            run,
            arguments,
            load,
            async () => random.Next(3) == 0
                ? "second owner: " + await others.ReplaceAsync(random, cancellationToken)
                : await group.ChangeAsync(random, mayKill: true, cancellationToken),
            random,
            cancellationToken);
        await load.StopAsync();
        await Drain.WaitAsync(
            run,
            backend.Topics,
            [.. StatePipeline.Stages(StatePipeline.Group), .. StatePipeline.Stages(OtherGroup)],
            [.. group.Running, .. others.Running],
            cancellationToken);
        await group.StopAllAsync(cancellationToken);
        await others.StopAllAsync(cancellationToken);

        var report = new Report();
        report.Note(Report.Invariant(
            $"{_rounds.Of(arguments, run)} changes among three instances, then as many while a second owner works on every partition, too; {group.Kills + others.Kills} kills. {load.Describe()}."));
        await new StateAudit(run, backend.Topics, store).RunAsync(load.Acknowledged, report, cancellationToken);
        return report;
    }

    private async Task ChangeAsync(
        BenchRun run, ParseResult arguments, StateLoad load, Func<Task<string>> change, Random random, CancellationToken cancellationToken)
    {
        var longest = TimeSpan.FromSeconds(_seconds.Of(arguments, run));
        for (var round = 1; round <= _rounds.Of(arguments, run); round++)
        {
            run.Say($"{await change()}, {load.Describe()}");
            await Task.Delay(ShortestRound + (random.NextDouble() * (longest - ShortestRound)), cancellationToken);
            load.RequireHealthy();
        }
    }
}
