using System.CommandLine;
using System.Diagnostics;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Crash;

/// <summary>Kills the app again and again while records flow in: nothing is lost, and every duplicate can be recognised.</summary>
internal sealed class CrashCommand
{
    /// <summary>One kill in so many comes at a moment counted from the start of the process, wherever that hits.</summary>
    private const int StartUpShare = 3;

    private static readonly TimeSpan StartUpKillFrom = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan StartUpKillSpan = TimeSpan.FromSeconds(1.3);
    private static readonly TimeSpan LoadKillSpan = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

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
        var random = new Random(run.Seed);
        var underLoad = 0;
        for (var kill = 1; kill <= kills; kill++)
        {
            var app = launcher.Start();
            if (random.Next(StartUpShare) == 0)
            {
                await Task.Delay(StartUpKillFrom + (random.NextDouble() * StartUpKillSpan), cancellationToken);
            }
            else
            {
                await WaitForOutputAsync(run, backend, app, cancellationToken);

                // Cubed: most kills hit while the app works off what came in while it was down.
                await Task.Delay(Math.Pow(random.NextDouble(), 3) * LoadKillSpan, cancellationToken);
                underLoad++;
            }

            BenchRun.RequireAlive(app.Process);
            await app.Process.KillAsync();
            load.RequireHealthy();
            run.Progress(() => Report.Invariant($"{kill} of {kills} kills, {load.Describe()}"));
        }

        await load.StopAsync();
        run.Say(Report.Invariant($"{kills} kills done, {load.Describe()}; draining"));
        var last = launcher.Start();
        await last.WaitUntilReadyAsync(cancellationToken);
        await Drain.WaitAsync(run, backend.Topics, [last], cancellationToken);
        await last.StopAsync(cancellationToken);

        var report = new Report();
        report.Note(Report.Invariant(
            $"{kills} kills, {underLoad} of them within {LoadKillSpan.TotalSeconds} s after outputs came, the others {StartUpKillFrom.TotalSeconds} to {(StartUpKillFrom + StartUpKillSpan).TotalSeconds} s after the start of the process. {load.Describe()}."));
        await load.AuditAsync(run, backend.Topics, duplicatesAllowed: true, report, cancellationToken);
        return report;
    }

    private static async Task WaitForOutputAsync(BenchRun run, IBackend backend, AppProcess app, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var before = await OutputsAsync(backend, cancellationToken);
        while (await OutputsAsync(backend, cancellationToken) == before)
        {
            BenchRun.RequireAlive(app.Process);
            run.Progress(() => $"waiting for outputs after a restart, since {clock.Elapsed.TotalSeconds:0} s");
            if (clock.Elapsed > ProgressLimit)
            {
                throw new RunFailedException(
                    $"No output {ProgressLimit.TotalSeconds} s after the restart. Its last lines:\n{app.Process.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<long> OutputsAsync(IBackend backend, CancellationToken cancellationToken) =>
        await Pipeline.CountAsync(backend.Topics, Pipeline.Output, cancellationToken)
        + await Pipeline.CountAsync(backend.Topics, Pipeline.Route.Topic, cancellationToken);
}
