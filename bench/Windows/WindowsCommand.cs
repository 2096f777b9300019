using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Count;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Speed;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Windows;

/// <summary>Counts by key and window, with embedded state, against Kafka Streams' own, interleaved, on one real Kafka.</summary>
internal sealed class WindowsCommand
{
    private const string Input = "windows-input";
    private const double MostCpuOfStreams = 0.6;

    private readonly Option<WindowKind?> _kind = new("--kind") { Description = "One kind of windows [default: all, one after the other]" };
    private readonly Preset<int> _rounds = new("--rounds", "Rounds of each kind; in each, every contender runs once", 3, 1);
    private readonly Preset<int> _records = new("--records", "Input records", 2_000_000, 60_000);
    private readonly Preset<int> _keys = new("--keys", "Different keys", 100_000, 100_000);
    private readonly Option<bool> _alone = CommonOptions.CreateAlone();

    public static Command Create(CommonOptions common)
    {
        var windows = new WindowsCommand();
        return common.Command(
            "windows",
            "Compares counts by tumbling, hopping and session windows with Kafka Streams' on a node of KAFKA_HOME",
            [windows._kind, windows._rounds.Option, windows._records.Option, windows._keys.Option, windows._alone],
            windows.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        WindowKind[] kinds = arguments.GetValue(_kind) is { } kind ? [kind] : Enum.GetValues<WindowKind>();
        var (records, rounds) = (_records.Of(arguments, run), _rounds.Of(arguments, run));
        var zipf = new ZipfKeys(_keys.Of(arguments, run));
        var keys = CountWorkload.DrawKeys(run.Seed, records, zipf);
        var workload = new WindowWorkload(run.Seed, Input, keys);
        var assembly = await PublishedApp.GetAsync(run, cancellationToken);
        var cluster = await KafkaCluster.StartAsync(run, 1, cancellationToken);
        var backend = run.Own(new KafkaBackend(cluster.BootstrapServers));
        await CountPipeline.CreateTopicsAsync(backend.Topics, Input, kinds.Select(OutputOf), cancellationToken);
        var feeder = new Feeder(backend.Publisher, workload);
        await feeder.FeedAsync(records, cancellationToken);
        if (feeder.Retries > 0)
        {
            throw new RunFailedException("A batch of the input was published twice: the counts are not known. Run again.");
        }

        run.Say(Report.Invariant($"{records:N0} records written"));
        var report = new Report();
        report.Note(Report.Invariant(
            $"{records:N0} records of 200 bytes, Zipf(1.0) over {zipf.Count:N0} keys, ten minutes of event time, every tenth record up to two seconds behind, grace ten seconds; {Pipeline.Partitions} partitions; medians of {rounds} interleaved rounds. Speed and CPU from the first visible output to the last, and of the records that came after what the first outputs contain; single rounds in parentheses."));
        foreach (var each in kinds)
        {
            var expected = ExpectedCounts.Of(each, workload, records);
            report.Note(Report.Invariant($"{each}: {expected.Count:N0} windows"));
            var race = new CountRace(run, backend, new Stage($"Count{each}", Input, $"count-{Lower(each)}"), OutputOf(each), await StreamsAsync(run, backend, each, cancellationToken));
            await race.RunAsync(
                assembly, arguments.GetValue(_alone), rounds, keys, () => new WindowReadback(each, workload, zipf.Count, expected), (LeastOfStreams(each), MostCpuOfStreams), report, cancellationToken);
        }

        return report;
    }

    private static async Task<KafkaStreamsContender> StreamsAsync(BenchRun run, KafkaBackend backend, WindowKind kind, CancellationToken cancellationToken)
    {
        var streams = new KafkaStreamsContender(
            run,
            new RaceTopics(backend.BootstrapServers, Input, OutputOf(kind)),
            "KafkaStreamsWindows",
            "WindowsPeer",
            $"Kafka Streams {Lower(kind)}",
            round => [run.PathOf($"streams-{Lower(kind)}-{round}"), Lower(kind)],
            Lower(kind));
        await streams.CompileAsync(cancellationToken);
        return streams;
    }

    private static double LeastOfStreams(WindowKind kind) => kind == WindowKind.Tumbling ? 1.5 : 5;

    private static string OutputOf(WindowKind kind) => $"windows-{Lower(kind)}";

    private static string Lower(WindowKind kind) => kind.ToString().ToLowerInvariant();
}
