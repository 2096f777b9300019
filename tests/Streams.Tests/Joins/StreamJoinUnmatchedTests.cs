using KafkaFunctions.Streams.Joins;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Rules: stream-stream left and outer. The window is from 5 ms before the left record to 10 ms after it, the grace 3 ms: a left
/// record of 100 goes when the right clock is beyond 113, a right one when the left clock is beyond 108.</summary>
public sealed class StreamJoinUnmatchedTests
{
    [Theory]
    [InlineData(JoinKind.Left, 112)]
    [InlineData(JoinKind.Left, 113)]
    [InlineData(JoinKind.Left, 114, "k=l|- @100")]
    [InlineData(JoinKind.Outer, 112)]
    [InlineData(JoinKind.Outer, 113)]
    [InlineData(JoinKind.Outer, 114, "k=l|- @100")]
    [InlineData(JoinKind.Inner, 1_000_000)]
    public async Task UnmatchedLeft_GoesWhenTheRightClockIsBeyondItsWindowAndGrace(JoinKind kind, long right, params string[] expected)
    {
        await using var run = StreamJoinRun.Of(kind);
        await run.LeftAsync(100);

        Assert.Equal(expected, await run.MoveRightAsync(right));
    }

    [Theory]
    [InlineData(JoinKind.Outer, 107)]
    [InlineData(JoinKind.Outer, 108)]
    [InlineData(JoinKind.Outer, 109, "k=-|r @100")]
    [InlineData(JoinKind.Left, 1_000_000)]
    [InlineData(JoinKind.Inner, 1_000_000)]
    public async Task UnmatchedRight_GoesWhenTheLeftClockIsBeyondItsWindowAndGrace(JoinKind kind, long left, params string[] expected)
    {
        await using var run = StreamJoinRun.Of(kind);
        await run.RightAsync(100);

        Assert.Equal(expected, await run.MoveLeftAsync(left));
    }

    [Theory]
    [InlineData(109)]
    [InlineData(110)]
    [InlineData(111, "k=l|- @100")]
    public async Task Unmatched_WithoutGrace_GoesWhenItsWindowHasPassed(long right, params string[] expected)
    {
        await using var run = StreamJoinRun.Left(StreamJoinRun.Windows.WithGrace(TimeSpan.Zero));
        await run.LeftAsync(100);

        Assert.Equal(expected, await run.MoveRightAsync(right));
    }

    [Fact]
    public async Task Unmatched_OnceEmitted_IsNotEmittedAgain()
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        Assert.Equal(["k=l|- @100"], await run.MoveRightAsync(114));

        Assert.Empty(await run.MoveRightAsync(115));
        run.Restart();
        Assert.Empty(await run.MoveRightAsync(10_000));
    }

    [Fact]
    public async Task Unmatched_OfOneKey_GoInTheOrderOfTheirTimes()
    {
        await using var run = StreamJoinRun.Left();
        await run.BatchAsync(run.LeftRecord(102, "c"), run.LeftRecord(100, "a"), run.LeftRecord(101, "b"), run.LeftRecord(100, "a"));

        Assert.Equal(["k=a|- @100", "k=a|- @100", "k=b|- @101"], await run.MoveRightAsync(115));
        Assert.Equal(["k=c|- @102"], await run.MoveRightAsync(116));
    }

    [Fact]
    public async Task Matched_WhenItsTimeHasPassed_IsNotEmittedAlone()
    {
        await using var run = StreamJoinRun.Outer();
        await run.LeftAsync(100);
        Assert.Equal(["k=l|r @105"], await run.RightAsync(105));

        Assert.Empty(await run.MoveRightAsync(10_000));
        Assert.Equal(["or=-|r @10000"], await run.MoveLeftAsync(20_000));
    }

    /// <summary>The record of 110 meets a right clock of 113, or 114.</summary>
    [Theory]
    [InlineData(112, true, "k=l|r @110")]
    [InlineData(112, false, "k=l|r @110")]
    [InlineData(113, true, "k=l|r @110")]
    [InlineData(113, false, "k=l|r @110")]
    [InlineData(114, true, "k=l|- @100")]
    [InlineData(114, false, "k=l|- @100")]
    public async Task Expired_AreEmittedBeforeTheNewRecordIsJoined(long right, bool inOneBatch, string expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);
        var (mover, partner) = (run.RightRecord(right, key: StreamJoinRun.OtherRight), run.RightRecord(110));

        Assert.Equal([expected], inOneBatch ? await run.BatchAsync(mover, partner) : [.. await run.BatchAsync(mover), .. await run.BatchAsync(partner)]);
    }

    [Theory]
    [InlineData(108, true, "k=l|r @100")]
    [InlineData(108, false, "k=l|r @100")]
    [InlineData(109, true, "k=-|r @100")]
    [InlineData(109, false, "k=-|r @100")]
    public async Task Expired_OfTheRight_AreEmittedBeforeTheNewRecordIsJoined(long left, bool inOneBatch, string expected)
    {
        await using var run = StreamJoinRun.Outer();
        await run.RightAsync(100);
        var (mover, partner) = (run.LeftRecord(left, key: StreamJoinRun.OtherLeft), run.LeftRecord(99));

        Assert.Equal([expected], inOneBatch ? await run.BatchAsync(mover, partner) : [.. await run.BatchAsync(mover), .. await run.BatchAsync(partner)]);
    }

    /// <summary>Ours: once emitted unmatched, it joins nothing any more. Its late partner goes alone, too.</summary>
    [Fact]
    public async Task Unmatched_OnceEmitted_JoinsNothingAnyMore()
    {
        await using var run = StreamJoinRun.Outer();
        await run.LeftAsync(100);
        Assert.Equal(["k=l|- @100"], await run.MoveRightAsync(114));

        Assert.Empty(await run.RightAsync(110));
        Assert.Empty(await run.MoveLeftAsync(118));
        Assert.Equal(["k=-|r @110"], await run.MoveLeftAsync(119));
    }

    [Fact]
    public async Task UnmatchedRight_OnceEmitted_JoinsNothingAnyMore()
    {
        await using var run = StreamJoinRun.Outer();
        await run.RightAsync(100);
        Assert.Equal(["k=-|r @100"], await run.MoveLeftAsync(109));

        Assert.Empty(await run.LeftAsync(99));
        Assert.Empty(await run.MoveRightAsync(112));
        Assert.Equal(["k=l|- @99"], await run.MoveRightAsync(113));
    }

    /// <summary>Ours: its window has passed when it comes, its grace not yet.</summary>
    [Theory]
    [InlineData(111)]
    [InlineData(112)]
    [InlineData(113)]
    public async Task OutOfOrder_WithinGrace_IsHeldAndJoined(long right)
    {
        await using var run = StreamJoinRun.Outer();
        await run.MoveRightAsync(right);

        Assert.Empty(await run.LeftAsync(100));
        Assert.Equal(["k=l|r @110"], await run.RightAsync(110));
    }

    [Fact]
    public async Task OutOfOrder_WithinGrace_IsEmittedWhenThatHasPassed()
    {
        await using var run = StreamJoinRun.Left();
        await run.MoveRightAsync(112);

        Assert.Empty(await run.LeftAsync(100));
        Assert.Empty(await run.MoveRightAsync(113));
        Assert.Equal(["k=l|- @100"], await run.MoveRightAsync(114));
    }

    [Theory]
    [InlineData(114)]
    [InlineData(115)]
    public async Task OutOfOrder_BeyondGrace_IsEmittedAtOnce(long right)
    {
        await using var run = StreamJoinRun.Left();
        await run.MoveRightAsync(right);

        Assert.Equal(["k=l|- @100"], await run.LeftAsync(100));
        Assert.Empty(await run.RightAsync(110));
    }

    [Fact]
    public async Task OutOfOrder_BeyondGraceWithAPartner_IsJoined()
    {
        await using var run = StreamJoinRun.Left();
        await run.RightAsync(105);
        await run.MoveRightAsync(114);

        Assert.Equal(["k=l|r @105"], await run.LeftAsync(100));
        Assert.Empty(await run.MoveRightAsync(10_000));
    }

    [Fact]
    public async Task OutOfOrderRight_WithinGrace_IsHeldThroughIt()
    {
        await using var run = StreamJoinRun.Outer();
        await run.MoveLeftAsync(107);

        Assert.Empty(await run.RightAsync(100));
        Assert.Empty(await run.MoveLeftAsync(108));
        Assert.Equal(["k=-|r @100"], await run.MoveLeftAsync(109));
    }

    /// <summary>The clock is of all keys and batches: an instance that comes anew knows it.</summary>
    [Fact]
    public async Task Unmatched_AfterARestart_GoesByTheClockThatWas()
    {
        await using var run = StreamJoinRun.Left();
        await run.MoveRightAsync(114);
        run.Restart();

        Assert.Equal(["k=l|- @100"], await run.LeftAsync(100));
    }
}
