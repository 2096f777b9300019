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
        var topics = new SpeedTopics(cluster.BootstrapServers);
        var streams = new KafkaStreamsContender(run, topics);
        await streams.CompileAsync(cancellationToken);
        var feeder = new Feeder(backend.Publisher, new SpeedWorkload(run.Seed));
        await feeder.FeedAsync(records, cancellationToken);
        run.Say(Report.Invariant($"{records:N0} records written"));

        Contender[] contenders = [new AppContender(new AppLauncher(run, backend), topics), new BareLoopContender(run, topics), streams];
        var samples = contenders.ToDictionary(contender => contender, _ => new List<SpeedSample>());
        var race = new Race(run, backend.Topics, records, records / 2);
        for (var round = 0; round < _rounds.Of(arguments, run); round++)
        {
            for (var turn = 0; turn < contenders.Length; turn++)
            {
                var contender = contenders[(round + turn) % contenders.Length];
                samples[contender].Add(await race.RunAsync(contender, round, cancellationToken));
            }
        }

        return Compare(contenders, samples, records, run.Slice ? LeastOfBareInSlice : LeastOfBare);
    }

    private static Report Compare(Contender[] contenders, Dictionary<Contender, List<SpeedSample>> samples, int records, double leastOfBare)
    {
        double[] speed = [.. contenders.Select(contender => Statistics.Median(samples[contender].Select(sample => sample.RecordsPerSecond)))];
        double[] cpu = [.. contenders.Select(contender => Statistics.Median(samples[contender].Select(sample => sample.CpuPerMillion)))];
        var report = new Report();
        report.Note(Report.Invariant(
            $"{records:N0} records of 200 bytes, {Pipeline.Partitions} partitions, half pass; medians of {samples[contenders[0]].Count} interleaved rounds. Speed and CPU from the first visible output to the last, so without start-up; single rounds in parentheses."));
        report.Table(
            ["contender", "records/s", "CPU s per million", "allocated bytes per record"],
            contenders.Select((contender, i) => new[]
            {
                contender.Name,
                Report.Invariant($"{speed[i]:N0} ({string.Join(", ", samples[contender].Select(sample => Report.Invariant($"{sample.RecordsPerSecond:N0}")))})"),
                Report.Invariant($"{cpu[i]:0.00} ({string.Join(", ", samples[contender].Select(sample => Report.Invariant($"{sample.CpuPerMillion:0.00}")))})"),
                Allocated(samples[contender]),
            }));
        report.AtLeast("speed, FilterEvents / bare loop", speed[0] / speed[1], leastOfBare);
        report.AtLeast("speed, FilterEvents / Kafka Streams", speed[0] / speed[2], LeastOfStreams);
        report.AtMost("CPU per record, FilterEvents / Kafka Streams", cpu[0] / cpu[2], MostCpuOfStreams);
        return report;
    }

    private static string Allocated(List<SpeedSample> samples)
    {
        double[] known = [.. samples.Where(sample => sample.AllocatedPerRecord is not null).Select(sample => sample.AllocatedPerRecord!.Value)];
        return known.Length == 0 ? "not told" : Report.Invariant($"{Statistics.Median(known):0}");
    }
}
