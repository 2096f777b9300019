using System.Diagnostics;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Crash;

/// <summary>Starts the app and kills it (SIGKILL) at random moments, again and again.</summary>
/// <param name="run">The run.</param>
/// <param name="launcher">Starts the app.</param>
/// <param name="countOutputs">How many outputs there are.</param>
/// <param name="random">Chooses the moments.</param>
internal sealed class Killer(BenchRun run, AppLauncher launcher, Func<CancellationToken, Task<long>> countOutputs, Random random)
{
    /// <summary>One kill in so many comes at a moment counted from the start of the process, wherever that hits.</summary>
    private const int StartUpShare = 3;

    private static readonly TimeSpan StartUpKillFrom = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan StartUpKillSpan = TimeSpan.FromSeconds(1.3);
    private static readonly TimeSpan LoadKillSpan = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    /// <summary>Kills so far.</summary>
    public int Kills { get; private set; }

    /// <summary>Those that came a little after outputs had come.</summary>
    public int UnderLoad { get; private set; }

    /// <summary>Starts the app and kills it.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        var app = launcher.Start();
        if (random.Next(StartUpShare) == 0)
        {
            await Task.Delay(StartUpKillFrom + (random.NextDouble() * StartUpKillSpan), cancellationToken);
        }
        else
        {
            await WaitForOutputAsync(app, cancellationToken);

            // Cubed: most kills hit while the app works off what came in while it was down.
            await Task.Delay(Math.Pow(random.NextDouble(), 3) * LoadKillSpan, cancellationToken);
            UnderLoad++;
        }

        BenchRun.RequireAlive(app.Process);
        await app.Process.KillAsync();
        Kills++;
    }

    public string Describe() => Report.Invariant(
        $"{Kills} kills, {UnderLoad} of them within {LoadKillSpan.TotalSeconds} s after outputs came, the others {StartUpKillFrom.TotalSeconds} to {(StartUpKillFrom + StartUpKillSpan).TotalSeconds} s after the start of the process.");

    private async Task WaitForOutputAsync(AppProcess app, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var before = await countOutputs(cancellationToken);
        while (await countOutputs(cancellationToken) == before)
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
}
