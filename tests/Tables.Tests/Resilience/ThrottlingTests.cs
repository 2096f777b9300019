using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Tables.Tests.Resilience;

public sealed class ThrottlingTests
{
    private const double PartitionRate = 2_000;
    private const double AccountRate = 20_000;

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public async Task WriteAsync_HotBucket_SettlesAtThePartitionsLimit(int? retryAfter)
    {
        using var service = NewService(AccountRate, retryAfter);

        await AssertSettlesAsync(service, new ThrottlingRun(service, Log) { Expected = Around(PartitionRate) });
    }

    private static NullLogger<AzureTableStateStorage> Log => NullLogger<AzureTableStateStorage>.Instance;

    private static (double From, double To) Around(double limit) => (limit * 0.9, limit * 1.1);

    private static async Task AssertSettlesAsync(FakeTableService service, ThrottlingRun run)
    {
        var result = await run.RunAsync(TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"{result}");
        Assert.True(service.Refused > 0, "Nothing was throttled.");
        Assert.InRange(result.RowsPerSecond, run.Expected.From, run.Expected.To);
        Assert.Equal(result.Acknowledged, result.Stored);
    }

    private static FakeTableService NewService(double accountRate, int? retryAfter) => new()
    {
        Throttle = new FakeThrottle(PartitionRate, accountRate, BurstSeconds: 0.25),
        RetryAfter = retryAfter,
        Latency = (5, 15),
    };

    /// <summary>A class of its own: it runs beside the others.</summary>
    public sealed class OfAnAccount
    {
        [Fact]
        public async Task WriteAsync_ManyBuckets_SettleAtTheAccountsLimit()
        {
            const double slice = 2_000;
            using var service = NewService(slice, retryAfter: 1);

            await AssertSettlesAsync(service, new ThrottlingRun(service, Log) { Buckets = 8, WritersPerBucket = 2, Expected = Around(slice) });
        }
    }
}
