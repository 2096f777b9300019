using System.CommandLine;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Brokers;

/// <summary>Brokers of a cluster of three stop, die and freeze under load: the app waits, says so, and goes on.</summary>
internal sealed class BrokersCommand
{
    private const int NodeCount = 3;
    private readonly Preset<int> _rounds = new("--rounds", "How often each kind of trouble comes", 3, 1);
    private readonly Preset<int> _outage = new("--outage", "Seconds that a trouble lasts", 18, 6);
    private readonly Preset<int> _rate = new("--rate", "Lines per second, and as many events", 500, 500);

    public static Command Create(CommonOptions common)
    {
        var brokers = new BrokersCommand();
        return common.Command(
            "brokers",
            "Stops, kills, pauses and starts the brokers of a cluster of three under load and accounts for every record",
            [brokers._rounds.Option, brokers._outage.Option, brokers._rate.Option],
            brokers.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var cluster = await KafkaCluster.StartAsync(run, NodeCount, cancellationToken);
        var backend = run.Own(new KafkaBackend(cluster.BootstrapServers));
        await Pipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var load = new Load(backend.Publisher, run.Seed);
        var app = new AppLauncher(run, backend).Start();
        await app.WaitUntilReadyAsync(cancellationToken);
        load.Start(_rate.Of(arguments, run), cancellationToken);

        var trouble = new Trouble(run, cluster, app, load, backend.Topics);
        var outage = TimeSpan.FromSeconds(_outage.Of(arguments, run));
        var random = new Random(run.Seed);
        await trouble.WaitForProgressAsync(cancellationToken);
        foreach (var kind in Plan(random, _rounds.Of(arguments, run), run.Slice))
        {
            await trouble.MakeAsync(kind, cluster.Nodes[random.Next(NodeCount)], outage, cancellationToken);
        }

        await load.StopAsync();
        run.Say($"{load.Describe()}; draining");
        await Drain.WaitAsync(run, backend.Topics, [app], cancellationToken);
        await app.StopAsync(cancellationToken);

        var report = new Report();
        report.Note($"One instance of the app throughout. {load.Describe()}.");
        report.Table(["trouble", "lasted, s", "flow resumed after, s", "lines in the app's log meanwhile", "health"], trouble.Rows);
        report.CheckSaid("the app says that it waits for the brokers", trouble.Waiting);
        report.CheckSaid("the app says that it goes on", trouble.GoingOn);
        await load.AuditAsync(run, backend.Topics, duplicatesAllowed: true, report, cancellationToken);
        return report;
    }

    /// <summary>Every kind in each round, in random order. The slice has time for one.</summary>
    private static IEnumerable<TroubleKind> Plan(Random random, int rounds, bool slice)
    {
        TroubleKind[] kinds = slice ? [TroubleKind.KillAll] : Enum.GetValues<TroubleKind>();
        for (var round = 0; round < rounds; round++)
        {
            random.Shuffle(kinds);
            foreach (var kind in kinds)
            {
                yield return kind;
            }
        }
    }
}
