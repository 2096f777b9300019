using System.CommandLine;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Wide;

/// <summary>Many open windows, of many keys and of few: what a record costs does not depend on them, nor does memory.</summary>
internal sealed class WideCommand
{
    /// <summary>From a thirtieth of the windows to all of them; pages, caches and the file's tree account for some of it.</summary>
    private const double MostGrowth = 2.5;

    /// <summary>A slice's first points are of a few milliseconds and a few pages: it only tells what grows with the number of windows itself,
    /// which would be 15 times.</summary>
    private const double MostGrowthInSlice = 10;

    private const long MostBytes = 700L * 1024 * 1024;

    /// <summary>A third, a tenth and a thirtieth of the windows are points, too; what comes before warms up.</summary>
    private const int Steps = 4;

    private readonly Preset<int> _windows = new("--windows", "Open windows in the end", 1_000_000, 100_000);
    private readonly Preset<int> _sessions = new("--sessions", "Sessions of one key in the end", 100_000, 20_000);
    private readonly Option<string?> _plot = new("--plot") { Description = "File for the plot, as SVG [default: wide.svg in the system's temporary folder]" };
    private readonly Option<int?> _only = new("--only") { Description = "One scenario, by its number from 0: to look at it" };

    public static Command Create(CommonOptions common)
    {
        var wide = new WideCommand();
        return common.Command(
            "wide",
            "Counts what records cost while more and more windows are open, on embedded state",
            [wide._windows.Option, wide._sessions.Option, wide._plot, wide._only],
            wide.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var (windows, sessions) = (_windows.Of(arguments, run), _sessions.Of(arguments, run));
        var scenarios = WideScenarios.Create(windows, sessions).ToList();
        var results = new List<WideResult>();
        var report = new Report();
        for (var i = 0; i < scenarios.Count; i++)
        {
            if (arguments.GetValue(_only) is { } only && only != i)
            {
                continue;
            }

            var result = scenarios[i].Closes
                ? await CloseAsync(run, scenarios[i], report, cancellationToken)
                : await OpenAsync(run, scenarios[i], cancellationToken);
            results.Add(result);
            run.Say($"{result.Name}: {string.Join(", ", result.Points.Select(Show))}, {Mebibytes(result.PeakBytes)}");
        }

        report.Table(
            ["windows", "CPU µs per unit, by open windows", "last / first", "peak memory"],
            results.Select(result => new[] { result.Name, $"per {result.Unit}: {string.Join(", ", result.Points.Select(Show))}", Report.Invariant($"{result.Growth:0.00}"), Mebibytes(result.PeakBytes) }));
        foreach (var result in results)
        {
            report.AtMost($"cost per {result.Unit}, last / first, {result.Name}", result.Growth, run.Slice ? MostGrowthInSlice : MostGrowth);
            report.AtMost($"peak memory in MiB, {result.Name}", result.PeakBytes / (1024.0 * 1024), MostBytes / (1024.0 * 1024));
        }

        var plot = arguments.GetValue(_plot) ?? Path.Combine(Path.GetTempPath(), "wide.svg");
        await File.WriteAllTextAsync(plot, WidePlot.Draw(results), cancellationToken);
        run.Say($"plot: {plot}");
        return report;
    }

    private static async Task<WideResult> OpenAsync(BenchRun run, WideScenario scenario, CancellationToken cancellationToken)
    {
        Collect();
        await using var wide = new WideRun(run, scenario, DirectoryOf(run, scenario, scenario.Windows));
        return await wide.RunAsync(scenario.Windows / 100, StepsTo(scenario.Windows), cancellationToken);
    }

    private static async Task<WideResult> CloseAsync(BenchRun run, WideScenario scenario, Report report, CancellationToken cancellationToken)
    {
        var points = new List<WidePoint>();
        var most = 0L;
        foreach (var windows in StepsTo(scenario.Windows))
        {
            Collect();
            await using var wide = new WideRun(run, scenario, DirectoryOf(run, scenario, windows));
            var (point, peak, finals) = await wide.CloseAsync(windows, cancellationToken);
            points.Add(point);
            most = Math.Max(most, peak);
            report.Check(Report.Invariant($"final results of {windows:N0} windows"), finals == windows, Report.Invariant($"{finals:N0}"));
        }

        return new WideResult(scenario.Name, "window", points, most);
    }

    /// <summary>Each about three times the one before.</summary>
    private static List<int> StepsTo(int windows) => [.. Enumerable.Range(1, Steps).Select(step => (int)(windows / Math.Pow(10, (Steps - step) / 2.0)))];

    private static string DirectoryOf(BenchRun run, WideScenario scenario, int windows) =>
        run.PathOf(Report.Invariant($"state-{scenario.Name.GetHashCode(StringComparison.Ordinal):x}-{windows}"));

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static string Show(WidePoint point) => Report.Invariant($"{point.CpuMicroseconds:0.0} at {point.Windows:N0}");

    private static string Mebibytes(long bytes) => Report.Invariant($"{bytes / (1024 * 1024)} MiB");
}
