using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Speed;

/// <summary>FilterEvents on the self-host against a bare loop and against Kafka Streams, interleaved, on one real Kafka.</summary>
internal sealed class SpeedCommand
{
    private const double LeastOfBare = 0.8;

    /// <summary>One round of a second or two is noise: the slice only notices when something is badly wrong.</summary>
    private const double LeastOfBareInSlice = 0.4;
    private const double LeastOfStreams = 1;
    private const double MostCpuOfStreams = 0.7;

    private readonly Preset<int> _rounds = new("--rounds", "Rounds; in each, every contender runs once", 3, 1);
    private readonly Preset<int> _records = new("--records", "Input records", 2_000_000, 300_000);

    public static Command Create(CommonOptions common)
    {
        var speed = new SpeedCommand();
        return common.Command(
            "speed",
            "Compares FilterEvents with a bare Confluent.Kafka loop and with Kafka Streams on a node of KAFKA_HOME",
            [speed._rounds.Option, speed._records.Option],
            speed.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var records = _records.Of(arguments, run) / 2 * 2;
        var cluster = await KafkaCluster.StartAsync(run, 1, cancellationToken);
        var backend = run.Own(new KafkaBackend(cluster.BootstrapServers));
        await Pipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var topics = new RaceTopics(cluster.BootstrapServers, Pipeline.Filter.Topic, Pipeline.Output);
        var streams = new KafkaStreamsContender(
            run, topics, "KafkaStreamsFilter", "FilterPeer", "Kafka Streams filter", _ => [Pipeline.FilterCondition, run.PathOf("streams-state")]);
        await streams.CompileAsync(cancellationToken);
        var feeder = new Feeder(backend.Publisher, new SpeedWorkload(run.Seed));
        await feeder.FeedAsync(records, cancellationToken);
        run.Say(Report.Invariant($"{records:N0} records written"));

        Contender[] contenders =
        [
            new AppContender(new AppLauncher(run, backend), topics.BootstrapServers, Pipeline.Filter),
            new BareLoopContender(run, topics, Pipeline.FilterCondition),
            streams,
        ];
        var table = new RaceTable(run, contenders);
        var race = new Race(run, backend.Topics, topics);
        await table.RunAsync(_rounds.Of(arguments, run), async (contender, round) => Sample(contender, await race.RunAsync(contender, round, cancellationToken), records));
        return Compare(table, records, run.Slice ? LeastOfBareInSlice : LeastOfBare);
    }

    private static SpeedSample Sample(Contender contender, RaceLap lap, int records)
    {
        var passing = records / 2;
        if (lap.Outputs != passing)
        {
            throw new RunFailedException($"{contender.Name} wrote {lap.Outputs} records instead of {passing}.");
        }

        // Of the input, what belongs to the outputs that came after the first look.
        return lap.ToSample(records * (double)(passing - lap.FirstOutputs) / passing, records);
    }

    private static Report Compare(RaceTable table, int records, double leastOfBare)
    {
        var report = new Report();
        report.Note(Report.Invariant(
            $"{records:N0} records of 200 bytes, {Pipeline.Partitions} partitions, half pass; medians of {table.Rounds} interleaved rounds. Speed and CPU from the first visible output to the last, so without start-up; single rounds in parentheses."));
        table.AddTo(report);
        report.AtLeast("speed, FilterEvents / bare loop", table.SpeedOf(0) / table.SpeedOf(1), leastOfBare);
        report.AtLeast("speed, FilterEvents / Kafka Streams", table.SpeedOf(0) / table.SpeedOf(2), LeastOfStreams);
        report.AtMost("CPU per record, FilterEvents / Kafka Streams", table.CpuOf(0) / table.CpuOf(2), MostCpuOfStreams);
        return report;
    }
}
