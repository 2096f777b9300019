using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Crash;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.State;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.StateCrash;

/// <summary>Kills the app with state again and again while records flow in: the state and the outputs are those of a run without
/// kills.</summary>
internal sealed class StateCrashCommand
{
    private readonly Option<BackendKind> _backend = Backend.CreateOption();
    private readonly Option<StoreKind> _store = StoreUnderTest.CreateOption();
    private readonly Preset<int> _kills = new("--kills", "How often to kill the app", 300, 8);
    private readonly Option<int?> _rate = StoreUnderTest.CreateRateOption();
    private readonly Preset<int> _keys = new("--keys", "Different keys", 2_000, 500);

    public static Command Create(CommonOptions common)
    {
        var crash = new StateCrashCommand();
        return common.Command(
            "state-crash",
            "Kills an app with state (SIGKILL) at random moments under load and compares every row and output with the reference",
            [crash._backend, crash._store, crash._kills.Option, crash._rate, crash._keys.Option],
            crash.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var kills = _kills.Of(arguments, run);
        var backend = await Backend.StartAsync(run, arguments.GetValue(_backend), cancellationToken);
        var store = await StoreUnderTest.StartAsync(run, arguments.GetValue(_store));
        await StatePipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var load = new StateLoad(new Feeder(backend.Publisher, new StateWorkload(run.Seed, _keys.Of(arguments, run))));
        load.Start(arguments.GetValue(_rate) ?? store.DefaultRate, cancellationToken);

        var launcher = StateApps.CreateLauncher(run, backend, store, StatePipeline.Group);
        var killer = new Killer(
            run, launcher, token => Pipeline.CountAsync(backend.Topics, StatePipeline.Summed, token), new Random(run.Seed));
        while (killer.Kills < kills)
        {
            await killer.KillAsync(cancellationToken);
            load.RequireHealthy();
            run.Progress(() => Report.Invariant($"{killer.Kills} of {kills} kills, {load.Describe()}"));
        }

        await load.StopAsync();
        run.Say(Report.Invariant($"{kills} kills done, {load.Describe()}; draining"));
        var last = launcher.Start();
        await last.WaitUntilReadyAsync(cancellationToken);
        await Drain.WaitAsync(run, backend.Topics, StatePipeline.Stages(StatePipeline.Group), [last], cancellationToken);
        await last.StopAsync(cancellationToken);

        var report = new Report();
        report.Note($"{killer.Describe()} {load.Describe()}.");
        await new StateAudit(run, backend.Topics, store).RunAsync(load.Acknowledged, report, cancellationToken);
        return report;
    }
}
