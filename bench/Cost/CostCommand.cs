using System.CommandLine;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Cost;

/// <summary>What state costs on Azure Tables: transactions and rows of the shipped engine, counted on a store in memory.</summary>
internal sealed class CostCommand
{
    private const int BatchSize = 1_000;
    private const int ManyBuckets = 64;
    private const int FewBuckets = 4;
    private const int Keys = 100_000;
    private const double MostCold = 70;
    private const double MostWarm = 64;
    private const double MostOfFew = 8;

    private readonly Preset<int> _batches = new("--batches", "Batches of 1,000 records in each phase", 200, 50);

    public static Command Create(CommonOptions common)
    {
        var cost = new CostCommand();
        return common.Command("cost", "Counts the store's transactions, rows and reads for a count per key", [cost._batches.Option], cost.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var batches = _batches.Of(arguments, run);
        var many = await RunAsync(run, ManyBuckets, batches, cancellationToken);
        var few = await RunAsync(run, FewBuckets, batches, cancellationToken);
        var report = new Report();
        report.Note(Report.Invariant(
            $"A count per key, Zipf(1.0) over {Keys:N0} keys, batches of {BatchSize:N0} records. Cold: the store is empty and nothing is cached. Restarted: the state is there, nothing is cached. Warm: every key is cached. Hot key: one key alone."));
        report.Table(
            ["phase", "buckets", "transactions per 1,000 records", "rows per transaction", "rows per 1,000 records", "progress", "rows read per 1,000 records"],
            many.Concat(few).Select(Row));
        report.AtMost("transactions per 1,000 records, cold, 64 buckets", many[0].TransactionsPerBatch, MostCold);
        report.AtMost("transactions per 1,000 records, restarted, 64 buckets", many[1].TransactionsPerBatch, MostCold);
        report.AtMost("transactions per 1,000 records, warm, 64 buckets", many[2].TransactionsPerBatch, MostWarm);
        foreach (var phase in few.Take(3))
        {
            report.AtMost($"transactions per 1,000 records, {phase.Name}, 4 buckets", phase.TransactionsPerBatch, MostOfFew);
        }

        report.Check(
            "one transaction of progress per batch",
            many.Concat(few).All(phase => phase.Progress == phase.Batches),
            string.Join(", ", many.Concat(few).Select(phase => Report.Invariant($"{phase.Progress} of {phase.Batches}"))));
        report.AtMost("rows read, warm", many[2].Reads + few[2].Reads, 0);
        report.AtMost("rows of a hot key per batch", Math.Max(many[3].MostRows, few[3].MostRows), 1);
        return report;
    }

    private static async Task<CostPhase[]> RunAsync(BenchRun run, int buckets, int batches, CancellationToken cancellationToken)
    {
        var zipf = new ZipfKeys(Keys);
        await using var cost = new CostRun(buckets);
        var cold = await cost.RunAsync("cold", Draw(run.Seed, batches, zipf), cancellationToken);
        cost.Restart();
        var restarted = await cost.RunAsync("restarted", Draw(run.Seed + 1, batches, zipf), cancellationToken);
        run.Say(Report.Invariant($"{buckets} buckets: cold {cold.TransactionsPerBatch:0.0} transactions per 1,000 records"));
        await cost.RunAsync("all keys once", Enumerable.Range(0, Keys).Chunk(BatchSize), cancellationToken);
        var warm = await cost.RunAsync("warm", Draw(run.Seed + 2, batches, zipf), cancellationToken);
        var hot = await cost.RunAsync("hot key", Enumerable.Repeat(new int[BatchSize], batches), cancellationToken);
        run.Say(Report.Invariant($"{buckets} buckets: warm {warm.TransactionsPerBatch:0.0} transactions per 1,000 records"));
        return [cold, restarted, warm, hot];
    }

    private static IEnumerable<int[]> Draw(int seed, int batches, ZipfKeys zipf) =>
        CountWorkload.DrawKeys(seed, batches * BatchSize, zipf).Chunk(BatchSize);

    private static string[] Row(CostPhase phase) =>
    [
        phase.Name,
        Report.Invariant($"{phase.Buckets}"),
        Report.Invariant($"{phase.TransactionsPerBatch:0.0} (most {phase.MostTransactions})"),
        Report.Invariant($"{(double)phase.Rows / phase.Transactions:0.0}"),
        Report.Invariant($"{(double)phase.Rows / phase.Batches:0} (most {phase.MostRows})"),
        Report.Invariant($"{(double)phase.Progress / phase.Batches:0.##}"),
        Report.Invariant($"{(double)phase.Reads / phase.Batches:0.##}"),
    ];
}
