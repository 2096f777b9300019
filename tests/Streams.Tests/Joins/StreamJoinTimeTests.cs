using KafkaFunctions.Streams.Joins;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Rule: join time. The window is from 5 ms before the left record to 10 ms after it, the grace 3 ms: a left record of 100 goes
/// when the right clock is beyond 113, a right one when the left clock is beyond 108.</summary>
public sealed class StreamJoinTimeTests
{
    [Fact]
    public async Task LaggingPartition_ThatNothingWasReadOf_HoldsUnmatchedBack()
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        var waiting = run.RightRecord(110, partition: 1);

        Assert.Empty(await run.MoveRightAsync(10_000, partition: 0));
        Assert.Empty(await run.MoveLeftAsync(10_000));
        Assert.Equal(["k=l|r @110"], await run.BatchAsync(waiting));
    }

    /// <summary>The clock is the lowest of the partitions.</summary>
    [Theory]
    [InlineData(112)]
    [InlineData(113)]
    [InlineData(114, "k=l|- @100")]
    public async Task LaggingPartition_OfSomeTime_IsTheClock(long lagging, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        var read = run.RightRecord(lagging, key: StreamJoinRun.OtherRight, partition: 1);
        run.RightRecord(10_000, key: StreamJoinRun.OtherRight, partition: 1);

        Assert.Empty(await run.MoveRightAsync(10_000, partition: 0));
        Assert.Equal(expected, await run.BatchAsync(read));
    }

    [Theory]
    [InlineData(113)]
    [InlineData(114, "k=l|- @100")]
    public async Task LaggingPartition_IsTheClockOfBatchesOfTheOtherSideToo(long lagging, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.MoveRightAsync(10_000, partition: 0);
        var read = run.RightRecord(lagging, key: StreamJoinRun.OtherRight, partition: 1);
        run.RightRecord(10_000, key: StreamJoinRun.OtherRight, partition: 1);
        await run.BatchAsync(read);

        Assert.Equal(expected, await run.LeftAsync(100));
    }

    [Theory]
    [InlineData(112)]
    [InlineData(113)]
    [InlineData(114, "k=l|- @100")]
    public async Task PartitionWithNothingLeftToRead_CountsAsTheHighest(long other, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        await run.MoveRightAsync(50, partition: 1);

        Assert.Equal(expected, await run.MoveRightAsync(other, partition: 0));
    }

    [Theory]
    [InlineData(113)]
    [InlineData(114, "k=l|- @100")]
    public async Task PartitionWithoutRecords_CountsAsTheHighest(long other, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        run.AddRightPartition(1);
        await run.LeftAsync(100);

        Assert.Equal(expected, await run.MoveRightAsync(other, partition: 0));
    }

    /// <summary>It is quiet: the time of the left side is its, too.</summary>
    [Theory]
    [InlineData(112)]
    [InlineData(113)]
    [InlineData(114, "k=l|- @100")]
    public async Task QuietSide_CountsAsTheHighestOfBoth(long left, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.MoveRightAsync(50);
        await run.LeftAsync(100);

        Assert.Equal(expected, await run.MoveLeftAsync(left));
    }

    [Theory]
    [InlineData(113)]
    [InlineData(114, "k=l|- @100")]
    public async Task SideWithoutATopicYet_CountsAsTheHighestOfBoth(long left, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);

        Assert.Equal(expected, await run.MoveLeftAsync(left));
    }

    [Theory]
    [InlineData(107)]
    [InlineData(108)]
    [InlineData(109, "k=-|r @100")]
    public async Task QuietLeft_CountsAsTheHighestOfBoth(long right, params string[] expected)
    {
        await using var run = StreamJoinRun.Outer();
        await run.RightAsync(100);

        Assert.Equal(expected, await run.MoveRightAsync(right));
    }

    /// <summary>The right side has a record left to read: its own time counts.</summary>
    [Fact]
    public async Task LaggingSide_NeverCausesAWrongNull()
    {
        await using var run = StreamJoinRun.Left();
        await run.MoveRightAsync(50);
        var waiting = run.RightRecord(110);
        await run.LeftAsync(100);

        Assert.Empty(await run.MoveLeftAsync(10_000));
        run.Restart();
        Assert.Empty(await run.MoveLeftAsync(20_000));
        Assert.Equal(["k=l|r @110", "ol=l|- @10000"], await run.BatchAsync(waiting));
    }

    [Fact]
    public async Task LaggingLeft_NeverCausesAWrongNull()
    {
        await using var run = StreamJoinRun.Outer();
        await run.MoveLeftAsync(50);
        var waiting = run.LeftRecord(100, partition: 1);
        await run.RightAsync(100);

        Assert.DoesNotContain(await run.MoveRightAsync(10_000), result => result.StartsWith("k=", StringComparison.Ordinal));
        Assert.Contains("k=l|r @100", await run.BatchAsync(waiting));
    }

    /// <summary>What it reads last is old, but then nothing is left to read.</summary>
    [Theory]
    [InlineData(113)]
    [InlineData(114, "k=l|- @100")]
    public async Task LaggingSide_ThatCatchesUp_CountsAsTheHighestOfBoth(long left, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        var waiting = run.RightRecord(20, key: StreamJoinRun.OtherRight);

        Assert.Empty(await run.MoveLeftAsync(left));
        Assert.Equal(expected, await run.BatchAsync(waiting));
    }

    [Theory]
    [InlineData(113)]
    [InlineData(114, "k=l|- @100")]
    public async Task SideThatStillLagsAfterABatch_CountsWithItsOwnTime(long right, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        var (read, waiting) = (run.RightRecord(right, key: StreamJoinRun.OtherRight), run.RightRecord(110));
        await run.MoveLeftAsync(10_000);

        Assert.Equal(expected, await run.BatchAsync(read));
        Assert.Equal(expected.Length == 0 ? ["k=l|r @110"] : [], await run.BatchAsync(waiting));
    }

    /// <summary>A partition that lags holds back what another one has passed, also for the records that come.</summary>
    [Fact]
    public async Task LaggingPartition_LateRecordOfAnother_IsJoined()
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        run.RightRecord(60, partition: 1);

        Assert.Equal(
            ["k=l|r @110"],
            await run.BatchAsync(run.RightRecord(10_000, key: StreamJoinRun.OtherRight), run.RightRecord(110)));
    }

    [Fact]
    public async Task Clock_OfEachPartition_SurvivesARestart()
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        var (first, second, third) = (
            run.RightRecord(114, key: StreamJoinRun.OtherRight, partition: 1),
            run.RightRecord(110, key: StreamJoinRun.OtherRight, partition: 1),
            run.RightRecord(110, partition: 0));
        Assert.Empty(await run.BatchAsync(first));
        run.Restart();

        Assert.Empty(await run.BatchAsync(second));
        run.Restart();
        Assert.Equal(["k=l|r @110"], await run.BatchAsync(third));
    }

    /// <summary>Where all are caught up, it is the clock that both sides share in Kafka Streams.</summary>
    [Fact]
    public async Task AllCaughtUp_TheClockIsSharedByBothSides()
    {
        await using var run = StreamJoinRun.Of(JoinKind.Outer);

        Assert.Empty(await run.LeftAsync(100, "a", partition: 0));
        Assert.Empty(await run.LeftAsync(101, "b", partition: 1));
        Assert.Empty(await run.RightAsync(98, "x", key: "p", partition: 2));
        Assert.Empty(await run.MoveLeftAsync(106, partition: 1));
        Assert.Equal(["p=-|x @98"], await run.MoveLeftAsync(107, partition: 1));
        Assert.Empty(await run.MoveLeftAsync(113, partition: 1));
        Assert.Equal(["k=a|- @100"], await run.MoveLeftAsync(114, partition: 1));
        Assert.Equal(["k=b|- @101"], await run.MoveRightAsync(115));
    }
}
