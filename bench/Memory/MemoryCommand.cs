using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Memory;

/// <summary>A slow function behind a fast topic: memory must not grow with what waits.</summary>
internal sealed class MemoryCommand
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Start-up and warm-up are not judged.</summary>
    private const double WarmUpShare = 0.2;

    /// <summary>Growth over the judged time that is noise of the collector, whatever the size.</summary>
    private const double NoiseMebibytes = 32;
    private const double NoiseShare = 0.1;

    private readonly Option<BackendKind> _backend = Backend.CreateOption();
    private readonly Preset<double> _minutes = new("--minutes", "How long", 10, 0.6);

    // Shorter in the slice: when judging begins, memory must have filled up once to where the collector first looks.
    private readonly Preset<int> _delay = new("--delay", "Milliseconds that the function takes for a batch", 1000, 100);
    private readonly Preset<int> _bound = new("--bound", "Most MiB that the process may take", 600, 600);

    public static Command Create(CommonOptions common)
    {
        var memory = new MemoryCommand();
        return common.Command(
            "memory",
            "Watches the memory of an app with a slow function behind a topic that is always ahead",
            [memory._backend, memory._minutes.Option, memory._delay.Option, memory._bound.Option],
            memory.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var backend = await Backend.StartAsync(run, arguments.GetValue(_backend), cancellationToken);
        await backend.Topics.CreateAsync(new TopicSpecification(Backlog.Stage.Topic, Pipeline.Partitions), cancellationToken);
        var backlog = new Backlog(backend, run.Seed);
        await backlog.FillAsync(cancellationToken);

        var settings = new Dictionary<string, string?>(backend.AppSettings)
        {
            ["SlowEvents__DelayMilliseconds"] = Report.Invariant($"{_delay.Of(arguments, run)}"),
        };
        var app = run.Own(AppProcess.Start(new AppStart(
            "slow app",
            Repository.Program("bench/SlowApp", "KafkaFunctions.Bench.SlowApp"),
            FreePorts.Take(1)[0],
            run.PathOf("slow-app.log"),
            run.Directory,
            settings)));
        await app.WaitUntilReadyAsync(cancellationToken);
        var samples = await WatchAsync(run, app, backlog, TimeSpan.FromMinutes(_minutes.Of(arguments, run)), cancellationToken);
        var processed = await backlog.ProcessedAsync(cancellationToken);
        await app.StopAsync(cancellationToken);
        return Judge(samples, processed, _bound.Of(arguments, run));
    }

    private static async Task<List<MemorySample>> WatchAsync(
        BenchRun run, AppProcess app, Backlog backlog, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var stop = new CancellationTokenSource();
        var filling = backlog.KeepFullAsync(stop.Token, cancellationToken);
        var samples = new List<MemorySample>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var end = run.Elapsed + duration;
        while (run.Elapsed < end && await timer.WaitForNextTickAsync(cancellationToken))
        {
            BenchRun.RequireAlive(app.Process);
            if (filling.IsFaulted)
            {
                await filling;
            }

            var heap = await AppMetrics.ReadAsync(app, AppMetrics.HeapBytes, cancellationToken);
            var sample = new MemorySample(ProcessStatistics.ResidentBytes(app.Process.Id) / Mebibyte, heap / Mebibyte);
            samples.Add(sample);
            run.Progress(() => Report.Invariant($"{sample.Resident:0} MiB resident, heap {sample.Heap:0} MiB, waiting records {backlog.Lag:N0}"));
        }

        await stop.CancelAsync();
        await filling;
        return samples;
    }

    private static Report Judge(List<MemorySample> samples, long processed, int bound)
    {
        var judged = samples.Skip((int)(samples.Count * WarmUpShare)).Select(sample => sample.Resident).ToList();
        var growth = Statistics.Slope(judged) * judged.Count;
        var report = new Report();
        report.Note(Report.Invariant(
            $"{samples.Count} s, sampled every second; {processed:N0} records processed, {Backlog.Least:N0} or more always waiting. Growth: slope of the straight line through the last {1 - WarmUpShare:0%} of the samples, times their time."));
        report.Table(
            ["MiB", "first judged", "median", "max", "last"],
            [
                Row("resident", judged),
                Row("managed heap", [.. samples.Skip((int)(samples.Count * WarmUpShare)).Select(sample => sample.Heap ?? 0)]),
            ]);
        report.AtLeast("records processed", processed, 1);
        report.AtMost("growth", growth, Math.Max(NoiseMebibytes, NoiseShare * judged.Average()), " MiB");
        report.AtMost("most memory", samples.Max(sample => sample.Resident), bound, " MiB");
        return report;
    }

    private static string[] Row(string name, List<double> samples) =>
        [name, .. new[] { samples[0], Statistics.Median(samples), samples.Max(), samples[^1] }.Select(value => Report.Invariant($"{value:0}"))];
}
