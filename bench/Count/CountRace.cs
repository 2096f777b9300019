using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Speed;

namespace KafkaFunctions.Bench.Count;

/// <summary>A function of CountApp against a program on Kafka Streams that does the same, interleaved, on one real Kafka.</summary>
/// <param name="run">The run.</param>
/// <param name="backend">The broker.</param>
/// <param name="stage">The function.</param>
/// <param name="output">Its output topic.</param>
/// <param name="streams">The program.</param>
internal sealed class CountRace(BenchRun run, KafkaBackend backend, Stage stage, string output, KafkaStreamsContender streams)
{
    /// <summary>What is folded at once: where Kafka Streams' cache gathers the results of a second, the app's batch does. It is a second of
    /// a partition's records, at some 200,000 records/s over four of them.</summary>
    private const string BatchSize = "50000";
    private const string BatchSizeSetting = "AzureFunctionsJobHost__extensions__kafka__maxBatchSize";

    /// <summary>One round of a second or two is noise: the slice only notices when something is badly wrong.</summary>
    private const double LeastOfStreamsInSlice = 0.5;
    private const double MostCpuOfStreamsInSlice = 2;

    private readonly RaceTopics _topics = new(backend.BootstrapServers, stage.Topic, output);

    /// <summary>Runs the rounds and reports them.</summary>
    /// <param name="assembly">The built app.</param>
    /// <param name="isAlone">Whether the app runs without Kafka Streams.</param>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="keyOf">The number of each input record's key.</param>
    /// <param name="create">Makes a readback for a lap.</param>
    /// <param name="bounds">Least speed and most CPU per record, as parts of Kafka Streams'.</param>
    /// <param name="report">Takes the figures and checks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(
        string assembly, bool isAlone, int rounds, int[] keyOf, Func<Readback> create, (double Speed, double Cpu) bounds, Report report, CancellationToken cancellationToken)
    {
        var app = new AppContender(
            new AppLauncher(run, backend, assembly),
            _topics.BootstrapServers,
            stage,
            round => new Dictionary<string, string?>
            {
                [CountPipeline.DataDirectory] = run.PathOf($"{stage.ConsumerGroup}-{round}"),
                [BatchSizeSetting] = BatchSize,
            });
        Contender[] contenders = isAlone ? [app] : [app, streams];
        var table = new RaceTable(run, contenders);
        var laps = new CountLaps(_topics, keyOf, create);
        var race = new Race(run, backend.Topics, _topics);
        await table.RunAsync(
            rounds, async (contender, round) => laps.Take(contender, await race.RunAsync(contender, round, cancellationToken)));
        Compare(table, laps, contenders, bounds, report);
    }

    private void Compare(RaceTable table, CountLaps laps, Contender[] contenders, (double Speed, double Cpu) bounds, Report report)
    {
        table.AddTo(report);
        report.Table(["contender", "outputs per 1,000 records"], contenders.Select(contender => new[] { contender.Name, laps.OutputsOf(contender) }));
        foreach (var contender in contenders)
        {
            report.Check($"last results, {contender.Name}", laps.ProblemOf(contender) is null, laps.ProblemOf(contender) ?? "equal to what follows from the input");
        }

        if (contenders.Length > 1)
        {
            report.AtLeast($"speed, {stage.Function} / Kafka Streams", table.SpeedOf(0) / table.SpeedOf(1), run.Slice ? LeastOfStreamsInSlice : bounds.Speed);
            report.AtMost($"CPU per record, {stage.Function} / Kafka Streams", table.CpuOf(0) / table.CpuOf(1), run.Slice ? MostCpuOfStreamsInSlice : bounds.Cpu);
        }
    }
}
