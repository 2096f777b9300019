using KafkaFunctions.Streams.Joins;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Rules: null keys and values of stream joins, times before there is time, and the functions of a join.</summary>
public sealed class StreamJoinInputTests
{
    [Theory]
    [InlineData(JoinKind.Inner)]
    [InlineData(JoinKind.Left)]
    [InlineData(JoinKind.Outer)]
    public async Task NullValue_OfEitherSide_IsIgnored(JoinKind kind)
    {
        await using var run = StreamJoinRun.Of(kind);

        Assert.Empty(await run.LeftAsync(100, value: null));
        Assert.Empty(await run.RightAsync(100, value: null));
        Assert.Empty(await run.LeftAsync(100, value: null, key: null));
        Assert.Empty(await run.RightAsync(100, value: null, key: null));
        Assert.Equal(4, run.Ignored);
        Assert.DoesNotContain(await run.RightAsync(101), result => result.StartsWith("k=l|", StringComparison.Ordinal));
        Assert.DoesNotContain(await run.MoveLeftAsync(10_000), result => result.EndsWith("@100", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(JoinKind.Inner, 1)]
    [InlineData(JoinKind.Left, 0, "=l|- @100")]
    [InlineData(JoinKind.Outer, 0, "=l|- @100")]
    public async Task NullKey_OfTheLeft_IsEmittedUnmatchedAtOnce(JoinKind kind, long ignored, params string[] expected)
    {
        await using var run = StreamJoinRun.Of(kind);

        Assert.Equal(expected, await run.LeftAsync(100, key: null));
        Assert.Equal(ignored, run.Ignored);
        Assert.DoesNotContain(await run.MoveRightAsync(10_000), result => result.StartsWith('='));
    }

    [Theory]
    [InlineData(JoinKind.Inner, 1)]
    [InlineData(JoinKind.Left, 1)]
    [InlineData(JoinKind.Outer, 0, "=-|r @100")]
    public async Task NullKey_OfTheRight_IsEmittedUnmatchedAtOnce(JoinKind kind, long ignored, params string[] expected)
    {
        await using var run = StreamJoinRun.Of(kind);

        Assert.Equal(expected, await run.RightAsync(100, key: null));
        Assert.Equal(ignored, run.Ignored);
    }

    [Fact]
    public async Task NullKey_OfBothSides_AreNotJoined()
    {
        await using var run = StreamJoinRun.Outer();

        Assert.Equal(["=l|- @100"], await run.LeftAsync(100, key: null));
        Assert.Equal(["=-|r @100"], await run.RightAsync(100, key: null));
    }

    /// <summary>Stream time is that of all records.</summary>
    [Theory]
    [InlineData(113, "k=l|r @110")]
    [InlineData(114, "k=l|- @100")]
    public async Task NullValue_MovesTheClock(long right, string expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);

        Assert.Equal([expected], [.. await run.RightAsync(right, value: null), .. await run.RightAsync(110)]);
    }

    /// <summary>What it has passed goes with the record itself: there may be none after it.</summary>
    [Theory]
    [InlineData(113, "r", null)]
    [InlineData(114, "r", null, "k=l|- @100")]
    [InlineData(113, null, "k")]
    [InlineData(114, null, "k", "k=l|- @100")]
    public async Task NullKeyOrValue_LetsGoWhatItsTimeHasPassed(long right, string? value, string? key, params string[] expected)
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);

        Assert.Equal(expected, await run.RightAsync(right, value, key));
        run.Restart();
        Assert.Empty(await run.RightAsync(right, value, key));
    }

    [Fact]
    public async Task Timestamp_BeforeTheEpoch_IsADeadLetter()
    {
        await using var run = StreamJoinRun.Outer();

        Assert.Contains("WithTimestamp", (await run.FailAsync(run.LeftRecord(-1))).Message, StringComparison.Ordinal);
        Assert.Contains("WithTimestamp", (await run.FailAsync(run.RightRecord(long.MinValue))).Message, StringComparison.Ordinal);
        Assert.Contains("WithTimestamp", (await run.FailAsync(run.RightRecord(-1, key: null))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Timestamp_FromTheEpochOn_IsJoined(long timestamp)
    {
        await using var run = StreamJoinRun.Inner();
        await run.LeftAsync(timestamp);

        Assert.Equal([FormattableString.Invariant($"k=l|r @{timestamp}")], await run.RightAsync(timestamp));
    }

    [Theory]
    [InlineData(JoinKind.Inner)]
    [InlineData(JoinKind.Left)]
    [InlineData(JoinKind.Outer)]
    public void Of_OneFunctionForBothSides_IsRefused(JoinKind kind)
    {
        var error = Assert.Throws<ArgumentException>(() => StreamJoinRun.JoinOf(kind, left: "F", right: "F"));

        Assert.Contains("give each side a function of its own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InAFunctionOfAnotherName_SaysWhichOne()
    {
        await using var run = StreamJoinRun.Inner();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => run.RunAsync(StreamJoinRun.RightFunction, run.LeftRecord(100)));

        Assert.Contains("function L, and it runs in R", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_BeforeOrAfterBelowZero_AreRefused()
    {
        var below = TimeSpan.FromMilliseconds(-1);

        Assert.Throws<ArgumentOutOfRangeException>(() => JoinWindows.Of(below));
        Assert.Throws<ArgumentOutOfRangeException>(() => JoinWindows.Of(TimeSpan.Zero, below));
        Assert.Throws<ArgumentOutOfRangeException>(() => JoinWindows.Of(below, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => JoinWindows.Of(TimeSpan.Zero).WithGrace(below));
    }
}
