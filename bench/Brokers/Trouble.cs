using System.Diagnostics;
using System.Text.RegularExpressions;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Brokers;

/// <summary>Makes trouble for brokers and watches what the app does about it.</summary>
internal sealed partial class Trouble(BenchRun run, KafkaCluster cluster, AppProcess app, Load load, ITopicClient topics)
{
    private static readonly TimeSpan ResumeLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly List<string[]> _rows = [];

    public IEnumerable<string[]> Rows => _rows;

    /// <summary>The first line of the app's log that says that it waits, written while all brokers were away; null for none.</summary>
    public string? Waiting { get; private set; }

    /// <summary>The first line that says that it goes on; null for none.</summary>
    public string? GoingOn => File.ReadLines(app.Process.LogFile).FirstOrDefault(line => GoingOnLine().IsMatch(line));

    /// <summary>Makes trouble for a while, ends it, and waits until records flow through the app again.</summary>
    public async Task MakeAsync(TroubleKind kind, KafkaNode node, TimeSpan outage, CancellationToken cancellationToken)
    {
        var target = kind is TroubleKind.KillAll or TroubleKind.PauseAll ? "all" : $"node {node.Id}";
        run.Say($"{kind} ({target}) for {outage.TotalSeconds} s, {load.Describe()}");
        var logLines = CountLogLines();
        await BeginAsync(kind, node, cancellationToken);
        await Task.Delay(outage, cancellationToken);
        BenchRun.RequireAlive(app.Process);
        load.RequireHealthy();
        var health = await app.GetHealthAsync("ready", cancellationToken);
        var said = File.ReadLines(app.Process.LogFile).Skip(logLines).ToList();
        if (kind is TroubleKind.KillAll or TroubleKind.PauseAll)
        {
            Waiting ??= said.Find(line => WaitingLine().IsMatch(line));
        }

        End(kind, node);
        var resumed = await WaitForProgressAsync(cancellationToken);
        await cluster.WaitUntilUpAsync(cancellationToken);
        run.Say(Report.Invariant($"{kind}: records flow {resumed.TotalSeconds:0.0} s after the end of it"));
        _rows.Add(
        [
            $"{kind} ({target})", Report.Invariant($"{outage.TotalSeconds}"), Report.Invariant($"{resumed.TotalSeconds:0.0}"),
            Report.Invariant($"{said.Count}"), health is { } status ? Report.Invariant($"{(int)status}") : "no answer",
        ]);
    }

    /// <summary>Waits until both the feeder and the app get something through.</summary>
    public async Task<TimeSpan> WaitForProgressAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        long? outputs = null;
        var acknowledged = load.Acknowledged;
        while (true)
        {
            var now = await CountOutputsAsync(cancellationToken);
            outputs ??= now;
            if (now > outputs && load.Acknowledged > acknowledged)
            {
                return clock.Elapsed;
            }

            BenchRun.RequireAlive(app.Process);
            load.RequireHealthy();
            run.Progress(() => $"waiting for the flow to resume, {load.Describe()}");
            if (clock.Elapsed > ResumeLimit)
            {
                throw new RunFailedException(
                    $"No records flow {ResumeLimit.TotalSeconds} s after the brokers came back. The app's last lines:\n{app.Process.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task BeginAsync(TroubleKind kind, KafkaNode node, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case TroubleKind.StopOne:
                await node.StopAsync(cancellationToken);
                break;
            case TroubleKind.KillOne:
                await node.KillAsync();
                break;
            case TroubleKind.PauseOne:
                node.Pause();
                break;
            case TroubleKind.KillAll:
                await Task.WhenAll(cluster.Nodes.Select(each => each.KillAsync()));
                break;
            default:
                Array.ForEach([.. cluster.Nodes], each => each.Pause());
                break;
        }
    }

    private void End(TroubleKind kind, KafkaNode node)
    {
        switch (kind)
        {
            case TroubleKind.StopOne or TroubleKind.KillOne:
                node.Start();
                break;
            case TroubleKind.PauseOne:
                node.Resume();
                break;
            case TroubleKind.KillAll:
                Array.ForEach([.. cluster.Nodes], each => each.Start());
                break;
            default:
                Array.ForEach([.. cluster.Nodes], each => each.Resume());
                break;
        }
    }

    private async Task<long?> CountOutputsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Pipeline.CountAsync(topics, Pipeline.Output, cancellationToken)
                + await Pipeline.CountAsync(topics, Pipeline.Route.Topic, cancellationToken);
        }
        catch (BrokerUnavailableException)
        {
            return null;
        }
    }

    private int CountLogLines() => File.ReadLines(app.Process.LogFile).Count();

    // By event, not by words: 3001 is "no broker answers", 3003 "a broker answers again".
    [GeneratedRegex(@"BrokerWatch\[3001\]")]
    private static partial Regex WaitingLine();

    [GeneratedRegex(@"BrokerWatch\[3003\]")]
    private static partial Regex GoingOnLine();
}
