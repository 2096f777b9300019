using System.CommandLine;
using KafkaFunctions.Bench.Accounting;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Backends;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Rebalance;

/// <summary>Three instances join and leave under load on a real Kafka. First only in good order (SIGTERM), when not even a
/// duplicate may appear; then some are killed.</summary>
internal sealed class RebalanceCommand
{
    private static readonly TimeSpan ShortestRound = TimeSpan.FromSeconds(2);
    private readonly Preset<int> _rounds = new("--rounds", "How often an instance joins or leaves, in either half", 30, 3);
    private readonly Preset<int> _seconds = new("--seconds", "The longest time between two changes", 12, 4);
    private readonly Preset<int> _rate = new("--rate", "Lines per second, and as many events", 1000, 500);

    public static Command Create(CommonOptions common)
    {
        var rebalance = new RebalanceCommand();
        return common.Command(
            "rebalance",
            "Lets three instances join, leave and die under load on a real Kafka and accounts for every record",
            [rebalance._rounds.Option, rebalance._seconds.Option, rebalance._rate.Option],
            rebalance.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var backend = await Backend.StartAsync(run, BackendKind.Kafka, cancellationToken);
        await Pipeline.CreateTopicsAsync(backend.Topics, cancellationToken);
        var load = new Load(backend.Publisher, run.Seed);
        var group = new InstanceGroup(run, new AppLauncher(run, backend));
        var random = new Random(run.Seed);
        var report = new Report();
        await group.StartAllAsync(cancellationToken);

        foreach (var mayKill in new[] { false, true })
        {
            load.Start(_rate.Of(arguments, run), cancellationToken);
            for (var round = 1; round <= _rounds.Of(arguments, run); round++)
            {
                var change = await group.ChangeAsync(random, mayKill, cancellationToken);
                run.Say($"{change}, {group.Running.Count} up, {load.Describe()}");
                var longest = TimeSpan.FromSeconds(_seconds.Of(arguments, run));
                await Task.Delay(ShortestRound + (random.NextDouble() * (longest - ShortestRound)), cancellationToken);
                load.RequireHealthy();
            }

            await load.StopAsync();
            await Drain.WaitAsync(run, backend.Topics, group.Running, cancellationToken);
            report.Note(mayKill ? $"With kills ({group.Kills}):" : "Joining and leaving in good order (SIGTERM) only:");
            var result = await load.AuditAsync(run, backend.Topics, duplicatesAllowed: mayKill, report, cancellationToken);
            if (mayKill)
            {
                // One owner that dies makes the next one take up its partitions once. Two at a time would go back and forth.
                report.AtMost("how often any partition was taken up again, at most once per kill", result.MostRewinds, group.Kills);
            }
        }

        await group.StopAllAsync(cancellationToken);
        CheckOwnership(group, report);
        return report;
    }

    private static void CheckOwnership(InstanceGroup group, Report report)
    {
        var problems = new Problems();
        var ownership = new OwnershipCheck(group.Lives, problems);
        report.Note(Report.Invariant(
            $"{group.Lives.Count} processes; traced: {ownership.Assignments:N0} assignments of a partition, {ownership.Invocations:N0} invocations."));
        report.Check("the instances trace what they own and do", ownership.Invocations > 0, Report.Invariant($"{ownership.Invocations:N0} invocations"));
        problems.AddTo(report, "no partition owned or worked on by two live instances, none worked on past its revoke");
    }
}
