using System.CommandLine;
using System.Diagnostics;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Count;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Speed;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Restore;

/// <summary>From the start of the process to its first results, with much state, on an empty local disk: the app, whose store is
/// elsewhere, against Kafka Streams, which restores its own from the changelog.</summary>
internal sealed class RestoreCommand
{
    private const double TimesSooner = 10;

    /// <summary>There is little to restore in the slice: it only shows that both do.</summary>
    private const double TimesSoonerInSlice = 1;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ResultLimit = TimeSpan.FromMinutes(5);

    private readonly Preset<int> _keys = new("--keys", "Different keys of the state", 1_000_000, 50_000);
    private readonly Preset<int> _rounds = new("--rounds", "Starts of either", 3, 1);
    private readonly Option<bool> _alone = CommonOptions.CreateAlone();

    public static Command Create(CommonOptions common)
    {
        var restore = new RestoreCommand();
        return common.Command(
            "restore",
            "Times the first result after a start with existing state, against Kafka Streams on a node of KAFKA_HOME",
            [restore._keys.Option, restore._rounds.Option, restore._alone],
            restore.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var (keys, alone) = (_keys.Of(arguments, run), arguments.GetValue(_alone));
        var assembly = await PublishedApp.GetAsync(run, cancellationToken);
        var cluster = await KafkaCluster.StartAsync(run, 1, cancellationToken);
        var backend = run.Own(new KafkaBackend(cluster.BootstrapServers));
        await CountPipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var topics = new RaceTopics(cluster.BootstrapServers, CountPipeline.Stage.Topic, CountPipeline.Output);
        var workload = new CountWorkload(run.Seed, topics.Input, id => id);
        await new Feeder(backend.Publisher, workload).FeedAsync(keys, cancellationToken);
        run.Say(Report.Invariant($"{keys:N0} records written, each of a key of its own"));

        var stateDirectory = run.PathOf("streams-state");
        var app = new AppContender(
            new AppLauncher(run, backend, assembly),
            topics.BootstrapServers,
            CountPipeline.Stage,
            _ => new Dictionary<string, string?> { [CountPipeline.DataDirectory] = run.PathOf("store") });
        var streams = new KafkaStreamsContender(run, topics, "KafkaStreamsCount", "CountPeer", "Kafka Streams count", _ => [stateDirectory]);
        if (!alone)
        {
            await streams.CompileAsync(cancellationToken);
        }

        var expected = Enumerable.Repeat(1L, keys).ToArray();
        Contender[] contenders = alone ? [app] : [app, streams];
        CountReadback[] lasts = [.. contenders.Select(_ => new CountReadback(expected))];
        for (var i = 0; i < contenders.Length; i++)
        {
            var lap = await new Race(run, backend.Topics, topics).RunAsync(contenders[i], 0, cancellationToken);
            lasts[i].Read(topics.BootstrapServers, topics.Output, lap.Before, lap.After);
            run.Say(Report.Invariant($"{contenders[i].Name} has its state"));
        }

        int[] asked = [.. Enumerable.Range(0, Pipeline.Partitions).Select(partition => FindKey(lasts[0], keys, partition))];
        var starts = contenders.Select(_ => new List<(double Seconds, double Cpu)>()).ToArray();
        for (var round = 0; round < _rounds.Of(arguments, run); round++)
        {
            await backend.Publisher.PublishAsync(
                topics.Input, [.. asked.Select((key, i) => new OutputRecord(CountWorkload.CreateKey(key), workload.Create(keys + i).Value))], cancellationToken);
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var at = (round + turn) % contenders.Length;
                if (contenders[at] == streams)
                {
                    Directory.Delete(stateDirectory, recursive: true);
                }

                starts[at].Add(await TimeAsync(run, backend, topics, contenders[at], lasts[at], asked.Length, cancellationToken));
                run.Say(Report.Invariant($"{contenders[at].Name}: first results of all partitions after {starts[at][^1].Seconds:0.00} s, {starts[at][^1].Cpu:0.00} CPU s"));
            }
        }

        foreach (var key in asked)
        {
            expected[key] += starts[0].Count;
        }

        return Compare(run, contenders, starts, lasts, keys);
    }

    private static int FindKey(CountReadback counts, int keys, int partition) =>
        Enumerable.Range(0, keys).First(key => counts[key] > 0 && counts.PartitionOf(key) == partition);

    /// <summary>Starts a contender and takes the time until it has written as many results as it was asked for.</summary>
    private static async Task<(double Seconds, double Cpu)> TimeAsync(
        BenchRun run, KafkaBackend backend, RaceTopics topics, Contender contender, CountReadback counts, int results, CancellationToken cancellationToken)
    {
        // A member that is gone without a word would be waited for.
        await ConsumerGroups.WaitUntilEmptyAsync(topics.BootstrapServers, contender.GroupOf(0), cancellationToken);
        var before = await EndsAsync(backend, topics, cancellationToken);
        var clock = Stopwatch.StartNew();
        var process = await contender.StartAsync(0, cancellationToken);
        var ends = before;
        while (ends.Sum() < before.Sum() + results)
        {
            BenchRun.RequireAlive(process);
            run.Progress(() => $"{contender.Name}: no result yet");
            if (clock.Elapsed > ResultLimit)
            {
                throw new RunFailedException($"{contender.Name} has no result after {ResultLimit.TotalSeconds} s. Its last lines:\n{process.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
            ends = await EndsAsync(backend, topics, cancellationToken);
        }

        var start = (clock.Elapsed.TotalSeconds, ProcessStatistics.CpuSeconds(process.Id));
        counts.Read(topics.BootstrapServers, topics.Output, before, ends);
        await contender.StopAsync(cancellationToken);
        return start;
    }

    private static async Task<long[]> EndsAsync(KafkaBackend backend, RaceTopics topics, CancellationToken cancellationToken) =>
        [.. (await backend.Topics.GetOffsetsAsync(topics.Output, cancellationToken)).Select(partition => partition.End)];

    private static Report Compare(
        BenchRun run, Contender[] contenders, List<(double Seconds, double Cpu)>[] starts, CountReadback[] counts, int keys)
    {
        var report = new Report();
        report.Note(Report.Invariant(
            $"{keys:N0} keys of state; from the start of the process until the result of one new record per partition is visible; medians of {starts[0].Count}, single ones in parentheses. Kafka Streams finds its local state wiped; the app's store is elsewhere, and nothing else of it is kept."));
        report.Table(
            ["contender", "seconds to the first results", "CPU seconds until then"],
            contenders.Select((contender, i) => new[] { contender.Name, Show(starts[i].Select(start => start.Seconds)), Show(starts[i].Select(start => start.Cpu)) }));
        for (var i = 0; i < contenders.Length; i++)
        {
            var problem = counts[i].Problem ?? counts[i].FindDifference();
            report.Check($"last count of every key, {contenders[i].Name}", problem is null, problem ?? "equal to the number of its records");
        }

        if (contenders.Length == 1)
        {
            return report;
        }

        report.AtLeast(
            "Kafka Streams / CountKeys, time to the first results",
            Statistics.Median(starts[1].Select(start => start.Seconds)) / Statistics.Median(starts[0].Select(start => start.Seconds)),
            run.Slice ? TimesSoonerInSlice : TimesSooner);
        return report;
    }

    private static string Show(IEnumerable<double> figures) =>
        Report.Invariant($"{Statistics.Median(figures):0.00} ({string.Join(", ", figures.Select(figure => Report.Invariant($"{figure:0.00}")))})");
}
