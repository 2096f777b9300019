using System.CommandLine;
using System.Diagnostics;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Simulation;
using KafkaFunctions.Simulation.Pipeline;

namespace KafkaFunctions.Bench.Simulation;

/// <summary>The shipped classes of state and outputs under a seeded scheduler, on a broker and stores in memory: whatever crashes,
/// state and outputs equal a single-threaded reference.</summary>
internal sealed class SimulateCommand
{
    private const int MostProblemsShown = 20;

    private readonly Preset<int> _seeds = new("--seeds", "How many seeds, from --seed on", 10_000, 1_000);
    private readonly Option<int?> _only = new("--only") { Description = "Run this seed alone" };
    private readonly Option<int> _threads = new("--threads") { Description = "How many seeds at the same time", DefaultValueFactory = _ => Environment.ProcessorCount };
    private readonly Option<bool> _trace = new("--trace") { Description = "Print each step" };
    private readonly Option<PartKind?> _part = new("--part") { Description = "Run this part of the pipeline alone" };
    private readonly Option<ProtocolRule> _break = new("--break") { Description = "Break a rule of the protocol, to see the checks notice: then the run must fail" };

    public static Command Create(CommonOptions common)
    {
        var simulate = new SimulateCommand();
        return common.Command(
            "simulate",
            "Runs the functions' state and outputs under seeded crashes, zombies, conflicts and lost answers, and compares with a reference",
            [simulate._seeds.Option, simulate._only, simulate._threads, simulate._trace, simulate._part, simulate._break],
            (run, arguments, cancellationToken) => Task.FromResult(simulate.Run(run, arguments, cancellationToken)));
    }

    private Report Run(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var only = arguments.GetValue(_only);
        var (first, count) = only is { } seed ? (seed, 1) : (run.Seed, _seeds.Of(arguments, run));
        var settings = new SimulationSettings(first)
        {
            Broken = arguments.GetValue(_break),
            Part = arguments.GetValue(_part),
            Trace = arguments.GetValue(_trace) ? Console.Out : null,
        };
        var (problems, done) = (new List<SimulationResult>(), 0);
        var counts = default(SimulationCounts);
        var hash = 0UL;
        var clock = Stopwatch.StartNew();
        foreach (var result in Simulations.Run(settings, count, settings.Trace is null ? arguments.GetValue(_threads) : 1, cancellationToken))
        {
            done++;
            counts += result.Counts;
            hash = unchecked((hash * 31) + result.Hash);
            if (result.Problem is not null)
            {
                problems.Add(result);
                if (problems.Count <= MostProblemsShown)
                {
                    run.Say(Report.Invariant($"seed {result.Seed}: {result.Problem}"));
                }
            }

            run.Progress(() => Report.Invariant($"{done:N0} of {count:N0} seeds, {problems.Count:N0} failed, {done / clock.Elapsed.TotalSeconds:N0}/s"));
        }

        return Judge(done, clock.Elapsed, counts, hash, problems);
    }

    private static Report Judge(int seeds, TimeSpan time, SimulationCounts counts, ulong hash, List<SimulationResult> problems)
    {
        var report = new Report();
        report.Table(
            ["figure", "value"],
            [
                ["seeds", Report.Invariant($"{seeds:N0}, {seeds / time.TotalSeconds:N0}/s")],
                ["steps", Report.Invariant($"{counts.Steps:N0}")],
                ["batches", Report.Invariant($"{counts.Batches:N0}, {counts.Failures:N0} of them failed")],
                ["records", Report.Invariant($"{counts.Records:N0}, {counts.Copies:N0} of them copies")],
                ["dead letters", Report.Invariant($"{counts.DeadLetters:N0}")],
                ["crashes, zombies, moves", Report.Invariant($"{counts.Crashes:N0}, {counts.Zombies:N0}, {counts.Moves:N0}")],
                ["commits refused to former owners", Report.Invariant($"{counts.Fenced:N0}")],
                ["hash of all that happened", Report.Invariant($"{hash:x16}")],
            ]);
        report.Check(
            "state and outputs equal the reference",
            problems.Count == 0,
            problems.Count == 0
                ? Report.Invariant($"with all {seeds:N0} seeds")
                : Report.Invariant($"{problems.Count:N0} seeds failed: {string.Join(' ', problems.Take(MostProblemsShown).Select(result => result.Seed))}"));
        return report;
    }
}
