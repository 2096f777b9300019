using System.CommandLine;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Tables;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Bench.Throttle;

/// <summary>Azure Tables that throttle: a service in this process answers 503 above its limits, and the adapter must settle there.</summary>
internal sealed class ThrottleCommand
{
    private const double PartitionRate = 2_000;
    private const double AccountRate = 20_000;
    private const double Tolerance = 0.1;

    private readonly Preset<int> _seconds = new("--seconds", "Seconds that are measured of each case, after half as many to settle", 20, 4);
    private readonly Preset<int> _account = new("--account-rate", "Rows per second that the account takes", (int)AccountRate, 4_000);

    public static Command Create(CommonOptions common)
    {
        var throttle = new ThrottleCommand();
        return common.Command(
            "throttle",
            "Writes to a service that throttles partitions and the account, and measures what gets through",
            [throttle._seconds.Option, throttle._account.Option],
            throttle.RunAsync);
    }

    private async Task<Report> RunAsync(BenchRun run, ParseResult arguments, CancellationToken cancellationToken)
    {
        var seconds = _seconds.Of(arguments, run);
        double account = _account.Of(arguments, run);
        var report = new Report();
        report.Note(Report.Invariant($"Transactions of 100 rows, answers after 5 to 15 ms, {PartitionRate:N0} rows/s per partition, {account:N0} per account; {seconds} s measured of each case."));
        var cases = new List<string[]>();
        await MeasureAsync("one hot bucket", 1, 4, null, PartitionRate);
        await MeasureAsync("one hot bucket, Retry-After: 1", 1, 4, 1, PartitionRate);
        await MeasureAsync("many buckets", Buckets(account), 2, null, account);
        report.Table(["case", "rows/s", "requests throttled", "rows acknowledged", "rows stored"], cases);
        return report;

        async Task MeasureAsync(string name, int buckets, int writers, int? retryAfter, double limit)
        {
            using var service = new FakeTableService
            {
                Throttle = new FakeThrottle(PartitionRate, account, BurstSeconds: 0.25),
                RetryAfter = retryAfter,
                Latency = (5, 15),
            };
            var result = await new ThrottlingRun(service, NullLogger<AzureTableStateStorage>.Instance)
            {
                Buckets = buckets,
                WritersPerBucket = writers,
                Settling = TimeSpan.FromSeconds(seconds / 2.0),
                Measured = TimeSpan.FromSeconds(seconds),
                Expected = (0, double.MaxValue),
            }.RunAsync(cancellationToken);
            run.Say(Report.Invariant($"{name}: {result.RowsPerSecond:N0} rows/s, {result.Refused:N0} requests throttled"));
            cases.Add([name, .. new[] { result.RowsPerSecond, result.Refused, result.Acknowledged, result.Stored }.Select(number => Report.Invariant($"{number:N0}"))]);
            report.AtLeast($"{name}, of its limit", result.RowsPerSecond / limit, 1 - Tolerance);
            report.AtMost($"{name}, of its limit", result.RowsPerSecond / limit, 1 + Tolerance);
            report.Check($"{name}: throttled, and nothing lost", result.Refused > 0 && result.Acknowledged == result.Stored, Report.Invariant($"{result.Stored:N0} rows"));
        }
    }

    /// <summary>Half as many again as the account's limit has room for.</summary>
    private static int Buckets(double account) => (int)Math.Ceiling(account / PartitionRate * 1.5);
}
