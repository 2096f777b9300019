using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Speed;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Count;

/// <summary>The running count per key, with embedded state, against Kafka Streams' count, interleaved, on one real Kafka.</summary>
internal sealed class CountCommand
{
    private const double LeastOfStreams = 1.5;
    private const double MostCpuOfStreams = 0.6;

    private readonly Preset<int> _rounds = new("--rounds", "Rounds; in each, every contender runs once", 3, 1);
    private readonly Preset<int> _records = new("--records", "Input records", 2_000_000, 300_000);
    private readonly Preset<int> _keys = new("--keys", "Different keys", 100_000, 100_000);
    private readonly Option<bool> _alone = CommonOptions.CreateAlone();

    public static Command Create(CommonOptions common)
    {
        var count = new CountCommand();
        return common.Command(
            "count",
            "Compares a running count per key with Kafka Streams' on a node of KAFKA_HOME",
            [count._rounds.Option, count._records.Option, count._keys.Option, count._alone],
            count.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var (records, alone) = (_records.Of(arguments, run), arguments.GetValue(_alone));
        var zipf = new ZipfKeys(_keys.Of(arguments, run));
        var keys = CountWorkload.DrawKeys(run.Seed, records, zipf);
        var assembly = await PublishedApp.GetAsync(run, cancellationToken);
        var cluster = await KafkaCluster.StartAsync(run, 1, cancellationToken);
        var backend = run.Own(new KafkaBackend(cluster.BootstrapServers));
        await CountPipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var topics = new RaceTopics(cluster.BootstrapServers, CountPipeline.Stage.Topic, CountPipeline.Output);
        var streams = new KafkaStreamsContender(
            run, topics, "KafkaStreamsCount", "CountPeer", "Kafka Streams count", round => [run.PathOf($"streams-state-{round}")]);
        await streams.CompileAsync(cancellationToken);
        var feeder = new Feeder(backend.Publisher, new CountWorkload(run.Seed, topics.Input, id => keys[id]));
        await feeder.FeedAsync(records, cancellationToken);
        if (feeder.Retries > 0)
        {
            throw new RunFailedException("A batch of the input was published twice: the counts are not known. Run again.");
        }

        run.Say(Report.Invariant($"{records:N0} records written"));
        var rounds = _rounds.Of(arguments, run);
        var report = new Report();
        report.Note(Report.Invariant(
            $"{records:N0} records of 200 bytes, Zipf(1.0) over {zipf.Count:N0} keys, {Pipeline.Partitions} partitions; medians of {rounds} interleaved rounds. Speed and CPU from the first visible output to the last, and of the records that came after what the first outputs contain; single rounds in parentheses."));
        var expected = new long[zipf.Count];
        foreach (var key in keys)
        {
            expected[key]++;
        }

        await new CountRace(run, backend, CountPipeline.Stage, CountPipeline.Output, streams).RunAsync(
            assembly, alone, rounds, keys, () => new CountReadback(expected), (LeastOfStreams, MostCpuOfStreams), report, cancellationToken);
        return report;
    }
}
