using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Speed;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.TestSupport.Otlp;

namespace KafkaFunctions.Bench.Telemetry;

/// <summary>FilterEvents on the self-host with telemetry off and on, interleaved, on one real Kafka. A function that does next to nothing
/// shows best what telemetry costs.</summary>
internal sealed class TelemetryCommand
{
    private const double LeastOfOff = 0.95;

    /// <summary>One round of a second or two is noise: the slice only notices when something is badly wrong.</summary>
    private const double LeastOfOffInSlice = 0.5;

    private readonly Preset<int> _rounds = new("--rounds", "Rounds; in each, every contender runs once", 5, 1);
    private readonly Preset<int> _records = new("--records", "Input records", 6_000_000, 300_000);
    private readonly Preset<int> _recordsPerTrace = new("--records-per-trace", "Records one after the other that have the same trace", 1, 1);

    public static Command Create(CommonOptions common)
    {
        var telemetry = new TelemetryCommand();
        return common.Command(
            "telemetry",
            "Compares FilterEvents with telemetry on and off on a node of KAFKA_HOME",
            [telemetry._rounds.Option, telemetry._records.Option, telemetry._recordsPerTrace.Option],
            telemetry.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var records = _records.Of(arguments, run) / 2 * 2;
        var recordsPerTrace = _recordsPerTrace.Of(arguments, run);
        var cluster = await KafkaCluster.StartAsync(run, 1, cancellationToken);
        var backend = run.Own(new KafkaBackend(cluster.BootstrapServers));
        await Pipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var topics = new RaceTopics(cluster.BootstrapServers, Pipeline.Filter.Topic, Pipeline.Output);
        await new Feeder(backend.Publisher, new TracedWorkload(new SpeedWorkload(run.Seed), recordsPerTrace)).FeedAsync(records, cancellationToken);
        run.Say(Report.Invariant($"{records:N0} records written"));

        var receiver = run.Own(await OtlpReceiver.StartAsync(keeps: false));
        var launcher = new AppLauncher(run, backend);
        Contender[] contenders =
        [
            new TelemetryContender("telemetry off", launcher, topics.BootstrapServers, Pipeline.Filter, new Dictionary<string, string?> { ["OTEL_SDK_DISABLED"] = "true" }, isScraped: false),
            new TelemetryContender("telemetry on", launcher, topics.BootstrapServers, Pipeline.Filter, receiver.AppSettings, isScraped: true),
        ];
        var table = new RaceTable(run, contenders);
        var race = new Race(run, backend.Topics, topics);
        await table.RunAsync(_rounds.Of(arguments, run), async (contender, round) => Sample(contender, await race.RunAsync(contender, round, cancellationToken), records));

        var report = new Report();
        report.Note(Report.Invariant(
            $"{records:N0} records of 200 bytes, {recordsPerTrace:N0} per trace, all traces recorded; {Pipeline.Partitions} partitions, half of the records pass; medians of {table.Rounds} interleaved rounds. Speed and CPU from the first visible output to the last, so without start-up; single rounds in parentheses."));
        table.AddTo(report);
        report.Check("telemetry was sent", receiver.BytesOf("traces") > 0 && receiver.BytesOf("metrics") > 0, Report.Invariant($"{receiver.BytesOf("traces"):N0} bytes of traces, {receiver.BytesOf("metrics"):N0} of metrics, {receiver.BytesOf("logs"):N0} of logs"));
        report.AtLeast("speed, on / off in the same round", table.RatioOf(1, 0), run.Slice ? LeastOfOffInSlice : LeastOfOff);
        return report;
    }

    private static SpeedSample Sample(Contender contender, RaceLap lap, int records)
    {
        var passing = records / 2;
        return lap.Outputs == passing
            ? lap.ToSample(records * (double)(passing - lap.FirstOutputs) / passing, records)
            : throw new RunFailedException($"{contender.Name}: {lap.Outputs} records were written instead of {passing}.");
    }
}
