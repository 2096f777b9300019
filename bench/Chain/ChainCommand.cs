using System.CommandLine;
using System.Diagnostics;
using KafkaFunctions.Bench.Accounting;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Chain;

/// <summary>The functions chained over many records, without trouble: every record accounted for, none twice.</summary>
internal sealed class ChainCommand
{
    private readonly Option<BackendKind> _backend = Backend.CreateOption();
    private readonly Preset<int> _records = new("--records", "Web-log lines; half as many events for the filter", 1_000_000, 40_000);
    private readonly Preset<int> _ingested = new("--ingested", "How many of the lines go in over HTTP, through IngestEvents", 100_000, 4_000);

    public static Command Create(CommonOptions common)
    {
        var chain = new ChainCommand();
        return common.Command(
            "chain",
            "Chains the functions over many records and accounts for every one of them",
            [chain._backend, chain._records.Option, chain._ingested.Option],
            chain.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var lineCount = _records.Of(arguments, run);
        var direct = lineCount - Math.Min(lineCount, _ingested.Of(arguments, run));
        var eventCount = lineCount / 2;
        var backend = await Backend.StartAsync(run, arguments.GetValue(_backend), cancellationToken);
        await Pipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var lines = new WebLogWorkload(run.Seed);
        var events = new FilterWorkload(run.Seed);

        var lineFeeder = new Feeder(backend.Publisher, lines);
        var eventFeeder = new Feeder(backend.Publisher, events);
        var writing = Stopwatch.StartNew();
        var feeding = Task.WhenAll(lineFeeder.FeedAsync(direct, cancellationToken), eventFeeder.FeedAsync(eventCount, cancellationToken));
        while (await Task.WhenAny(feeding, Task.Delay(TimeSpan.FromSeconds(1), cancellationToken)) != feeding)
        {
            run.Progress(() => Report.Invariant($"written: {lineFeeder.Acknowledged:N0} lines, {eventFeeder.Acknowledged:N0} events"));
        }

        await feeding;
        run.Say(Report.Invariant($"{direct:N0} lines and {eventCount:N0} events written in {writing.Elapsed.TotalSeconds:0.0} s"));

        var launcher = new AppLauncher(run, backend);
        var processing = Stopwatch.StartNew();
        var app = launcher.Start();
        await app.WaitUntilReadyAsync(cancellationToken);
        var start = processing.Elapsed;
        await new HttpFeeder(app, lines).FeedAsync(direct, lineCount, run, cancellationToken);
        await Drain.WaitAsync(run, backend.Topics, [app], cancellationToken);
        var took = processing.Elapsed;
        await app.StopAsync(cancellationToken);

        var report = new Report();
        var read = await ProcessedAsync(backend, cancellationToken);
        report.Note(Report.Invariant(
            $"{read:N0} records read by the three functions ({direct:N0} lines from the broker, {lineCount - direct:N0} over HTTP, {eventCount:N0} events), {took.TotalSeconds:0.0} s from the start of the process (ready after {start.TotalSeconds:0.0} s): {read / took.TotalSeconds:N0} records/s."));
        await new Audit(run, backend.Topics, lines, events).RunAsync(lineCount, eventCount, duplicatesAllowed: false, report, cancellationToken);
        return report;
    }

    private static async Task<long> ProcessedAsync(IBackend backend, CancellationToken cancellationToken)
    {
        long sum = 0;
        foreach (var stage in Pipeline.Stages)
        {
            sum += await Pipeline.CountAsync(backend.Topics, stage.Topic, cancellationToken);
        }

        return sum;
    }
}
