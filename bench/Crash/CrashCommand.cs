using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Crash;

/// <summary>Kills the app again and again while records flow in: nothing is lost, and every duplicate can be recognised.</summary>
internal sealed class CrashCommand
{
    private readonly Option<BackendKind> _backend = Backend.CreateOption();
    private readonly Preset<int> _kills = new("--kills", "How often to kill the app", 200, 8);
    private readonly Preset<int> _rate = new("--rate", "Lines per second, and as many events", 2000, 2000);

    public static Command Create(CommonOptions common)
    {
        var crash = new CrashCommand();
        return common.Command(
            "crash",
            "Kills the app (SIGKILL) at random moments under load and accounts for every record",
            [crash._backend, crash._kills.Option, crash._rate.Option],
            crash.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var kills = _kills.Of(arguments, run);
        var backend = await Backend.StartAsync(run, arguments.GetValue(_backend), cancellationToken);
        await Pipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var load = new Load(backend.Publisher, run.Seed);
        load.Start(_rate.Of(arguments, run), cancellationToken);

        var launcher = new AppLauncher(run, backend);
        var killer = new Killer(run, launcher, token => OutputsAsync(backend, token), new Random(run.Seed));
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
        await Drain.WaitAsync(run, backend.Topics, [last], cancellationToken);
        await last.StopAsync(cancellationToken);

        var report = new Report();
        report.Note($"{killer.Describe()} {load.Describe()}.");
        await load.AuditAsync(run, backend.Topics, duplicatesAllowed: true, report, cancellationToken);
        return report;
    }

    private static async Task<long> OutputsAsync(IBackend backend, CancellationToken cancellationToken) =>
        await Pipeline.CountAsync(backend.Topics, Pipeline.Output, cancellationToken)
        + await Pipeline.CountAsync(backend.Topics, Pipeline.Route.Topic, cancellationToken);
}
