using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Latency;

/// <summary>How long single records take through an idle app: one function, and the chain of three.</summary>
internal sealed class LatencyCommand
{
    private const int WarmUp = 100;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan PauseSpan = TimeSpan.FromMilliseconds(50);

    private readonly Option<BackendKind> _backend = Backend.CreateOption();
    private readonly Preset<int> _count = new("--count", "Records measured on either way", 500, 200);

    public static Command Create(CommonOptions common)
    {
        var latency = new LatencyCommand();
        return common.Command(
            "latency",
            "Measures single records end to end through an idle app",
            [latency._backend, latency._count.Option],
            latency.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var kind = arguments.GetValue(_backend);
        var backend = await Backend.StartAsync(run, kind, cancellationToken);
        await Pipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var app = new AppLauncher(run, backend).Start();
        await app.WaitUntilReadyAsync(cancellationToken);

        var count = _count.Of(arguments, run);
        var filter = await MeasureAsync(run, app, new FilterRoute(backend.Publisher, run.Seed), backend, count, cancellationToken);
        var chain = await MeasureAsync(run, app, new ChainRoute(app, run.Seed), backend, count, cancellationToken);
        await app.StopAsync(cancellationToken);

        var report = new Report();
        report.Note(Report.Invariant(
            $"{kind}, {count} records one at a time after {WarmUp} to warm up, {ShortestPause.TotalMilliseconds} to {(ShortestPause + PauseSpan).TotalMilliseconds} ms apart. From before the send to the arrival in the harness, in milliseconds."));
        report.Table(["way", "p50", "p90", "p99", "max"], [Row("FilterEvents", filter), Row("IngestEvents → ParseWebLogs → RoutePageViews", chain)]);
        report.AtMost("one function, p50", Statistics.Percentile(filter, 0.5), 10, " ms");
        report.AtMost("one function, p99", Statistics.Percentile(filter, 0.99), 50, " ms");
        report.AtMost("chain of three, p99", Statistics.Percentile(chain, 0.99), 150, " ms");
        return report;
    }

    private static async Task<List<double>> MeasureAsync(
        BenchRun run, AppProcess app, IRoute route, IBackend backend, int count, CancellationToken cancellationToken)
    {
        await using var arrivals = await Arrivals.OpenAsync(backend.Topics, route, cancellationToken);
        var random = new Random(run.Seed);
        var latencies = new List<double>(count);
        for (var i = -WarmUp; i < count; i++)
        {
            BenchRun.RequireAlive(app.Process);
            var id = route.NextId();
            var latency = await arrivals.MeasureAsync(id, () => route.SendAsync(id, cancellationToken), cancellationToken);
            if (i >= 0)
            {
                latencies.Add(latency.TotalMilliseconds);
            }

            run.Progress(() => Report.Invariant($"{route.Output}: {Math.Max(i, 0)} of {count}"));
            await Task.Delay(ShortestPause + (random.NextDouble() * PauseSpan), cancellationToken);
        }

        return latencies;
    }

    private static string[] Row(string way, List<double> latencies) =>
        [way, .. new[] { 0.5, 0.9, 0.99, 1 }.Select(share => Report.Invariant($"{Statistics.Percentile(latencies, share):0.0}"))];
}
