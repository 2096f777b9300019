using System.Globalization;
using CsCheck;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Rows;
using KafkaFunctions.Streams.Windows.Timelines;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Joins in pages give what they give in one row.</summary>
public sealed class StreamJoinPagingTests
{
    private const int Iterations = 40;
    private const int Records = 400;

    private static readonly TimelineLimits Small = new(2, 2, 24 * 1024);
    private static readonly TimelineLimits None = new(int.MaxValue, int.MaxValue, int.MaxValue / 2);

    // A batch: its side, how far each record is from the clock, and whether another instance runs it.
    private static readonly Gen<(bool IsLeft, int[] Steps, bool Restarts)[]> Batches = Gen.Select(
        Gen.Bool,
        Gen.Frequency((6, Gen.Int[-40, 20]), (3, Gen.Int[-300, 0]), (1, Gen.Int[0, 300])).Array[1, 30],
        Gen.Bool).Array[1, 12];

    [Theory]
    [InlineData(JoinKind.Inner)]
    [InlineData(JoinKind.Left)]
    [InlineData(JoinKind.Outer)]
    public async Task Join_InPages_IsAsInOneRow(JoinKind kind)
    {
        var windows = JoinWindows.Of(Ms(6), Ms(15)).WithGrace(Ms(150));
        await Batches.SampleAsync(
            async batches =>
            {
                await using var paged = new StreamJoinRun(StreamJoinRun.JoinOf(kind, windows)) { Limits = Small };
                await using var whole = new StreamJoinRun(StreamJoinRun.JoinOf(kind, windows)) { Limits = None };
                var (clock, number) = (400L, 0);
                foreach (var (isLeft, steps, restarts) in batches)
                {
                    var records = steps.Select(step => (Time: Math.Max(0, (clock += Math.Max(step, 0)) + Math.Min(step, 0)), Value: Text(number++))).ToArray();
                    if (restarts)
                    {
                        paged.Restart();
                    }

                    Assert.Equal(await RunAsync(whole, isLeft, records), await RunAsync(paged, isLeft, records));
                }

                Assert.Equal(await whole.MoveLeftAsync(100_000), await paged.MoveLeftAsync(100_000));
                Assert.Equal(await whole.MoveRightAsync(200_000), await paged.MoveRightAsync(200_000));
            },
            iter: Iterations,
            threads: 1);
    }

    [Fact]
    public async Task Unmatched_InMorePagesThanATransactionTakes_GoEachOnceInOrder()
    {
        await using var run = await ManyAsync(JoinKind.Left);
        Assert.InRange(await run.RowsAsync(RowKeys.Page), StateLimits.MaxRowsPerTransaction, Records);
        run.Restart();

        Assert.Equal(
            Enumerable.Range(0, Records).Select(i => string.Create(CultureInfo.InvariantCulture, $"k={i}|- @{i * 10}")),
            await run.MoveRightAsync(1_000_000));
        Assert.Empty(await run.MoveRightAsync(1_000_001));
    }

    [Fact]
    public async Task Batch_OnMorePagesThanATransactionTakes_JoinsAll()
    {
        await using var run = await ManyAsync(JoinKind.Left);
        run.Restart();

        Assert.Equal(
            Enumerable.Range(0, Records).Select(i => string.Create(CultureInfo.InvariantCulture, $"k={i}|r @{i * 10}")),
            await run.BatchAsync([.. Enumerable.Range(0, Records).Select(i => run.RightRecord(i * 10))]));
        Assert.Equal(["k=x|r @3990"], await run.LeftAsync((Records - 1) * 10, "x"));
        Assert.Empty(await run.MoveRightAsync(1_000_000));
    }

    [Fact]
    public async Task Forget_MorePagesThanATransactionTakes_DropsThemByAndBy()
    {
        await using var run = await ManyAsync(JoinKind.Inner);
        for (var i = 0; i < 12; i++)
        {
            Assert.Empty(await run.LeftAsync(1_000_000 + (i * 10)));
        }

        Assert.InRange(await run.RowsAsync(RowKeys.Page), 0, 12);
    }

    /// <summary>A key with many left records, 10 ms apart, whose windows do not meet.</summary>
    private static async Task<StreamJoinRun> ManyAsync(JoinKind kind)
    {
        var run = new StreamJoinRun(StreamJoinRun.JoinOf(kind, JoinWindows.Of(Ms(4)).WithGrace(Ms(100_000)))) { Limits = Small };
        for (var i = 0; i < Records; i++)
        {
            await run.LeftAsync(i * 10, Text(i));
        }

        return run;
    }

    private static Task<string[]> RunAsync(StreamJoinRun run, bool isLeft, (long Time, string Value)[] records) =>
        run.BatchAsync([.. records.Select(record => isLeft ? run.LeftRecord(record.Time, record.Value) : run.RightRecord(record.Time, record.Value))]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
