using System.Globalization;
using KafkaFunctions.Streams.Joins;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Rules: stream-stream join, and the result's timestamp.</summary>
public sealed class StreamJoinWindowTests
{
    /// <summary>From 5 ms before the left record to 10 ms after it.</summary>
    [Theory]
    [InlineData(94, false)]
    [InlineData(95, true)]
    [InlineData(96, true)]
    [InlineData(100, true)]
    [InlineData(109, true)]
    [InlineData(110, true)]
    [InlineData(111, false)]
    public async Task Window_RightComesSecond_BothBoundsAreInclusive(long right, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner();
        await run.LeftAsync(100);

        Assert.Equal(Pairs(isJoined, Math.Max(100, right)), await run.RightAsync(right));
    }

    [Theory]
    [InlineData(94, false)]
    [InlineData(95, true)]
    [InlineData(96, true)]
    [InlineData(100, true)]
    [InlineData(109, true)]
    [InlineData(110, true)]
    [InlineData(111, false)]
    public async Task Window_LeftComesSecond_BothBoundsAreInclusive(long right, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner();
        await run.RightAsync(right);

        Assert.Equal(Pairs(isJoined, Math.Max(100, right)), await run.LeftAsync(100));
    }

    [Theory]
    [InlineData(89, false)]
    [InlineData(90, true)]
    [InlineData(91, true)]
    [InlineData(109, true)]
    [InlineData(110, true)]
    [InlineData(111, false)]
    public async Task Window_OfOneDifference_IsTheSameOnBothSides(long right, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner(JoinWindows.Of(Ms(10)));
        await run.LeftAsync(100);

        Assert.Equal(Pairs(isJoined, Math.Max(100, right)), await run.RightAsync(right));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Window_OfNoDifference_JoinsEqualTimes(long right, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner(JoinWindows.Of(TimeSpan.Zero));
        await run.LeftAsync(100);

        Assert.Equal(Pairs(isJoined, Math.Max(100, right)), await run.RightAsync(right));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(110, true)]
    [InlineData(111, false)]
    public async Task Window_OnlyAfter_JoinsNothingBefore(long right, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner(JoinWindows.Of(TimeSpan.Zero, Ms(10)));
        await run.RightAsync(right);

        Assert.Equal(Pairs(isJoined, Math.Max(100, right)), await run.LeftAsync(100));
    }

    /// <summary>The window begins before time does.</summary>
    [Fact]
    public async Task Window_AtTheBeginningOfTime_Joins()
    {
        await using var run = StreamJoinRun.Inner();
        await run.LeftAsync(2);

        Assert.Equal(["k=l|r @2"], await run.RightAsync(0));
    }

    /// <summary>The window ends after time does.</summary>
    [Fact]
    public async Task Window_AtTheEndOfTime_Joins()
    {
        await using var run = StreamJoinRun.Outer();
        await run.LeftAsync(long.MaxValue - 4);

        Assert.Equal(["k=l|r @9223372036854775807"], await run.RightAsync(long.MaxValue));
        Assert.Equal(["k=m|r @9223372036854775807"], await run.LeftAsync(long.MaxValue - 9, "m"));
        Assert.Empty(await run.LeftAsync(long.MaxValue - 11, "n"));
    }

    [Fact]
    public async Task Join_OfDifferentKeys_IsNone()
    {
        await using var run = StreamJoinRun.Inner();
        await run.LeftAsync(100, key: "a");

        Assert.Empty(await run.RightAsync(100, key: "b"));
        Assert.Equal(["a=l|r @100"], await run.RightAsync(100, key: "a"));
    }

    /// <summary>Duplicates are kept.</summary>
    [Fact]
    public async Task Duplicates_OfOneKeySideAndTime_AreAllJoined()
    {
        await using var run = StreamJoinRun.Inner();
        await run.LeftAsync(100, "a");
        await run.LeftAsync(100, "a");
        await run.LeftAsync(100, "b");

        Assert.Equal(["k=a|x @100", "k=a|x @100", "k=b|x @100"], await run.RightAsync(100, "x"));
        Assert.Equal(["k=a|x @100", "k=a|x @100", "k=b|x @100"], await run.RightAsync(100, "x"));
        Assert.Equal(["k=c|x @100", "k=c|x @100"], await run.LeftAsync(100, "c"));
    }

    [Fact]
    public async Task Duplicates_InOneBatch_AreAllJoined()
    {
        await using var run = StreamJoinRun.Inner();
        await run.BatchAsync(run.LeftRecord(100, "a"), run.LeftRecord(100, "a"));

        Assert.Equal(
            ["k=a|x @100", "k=a|x @100", "k=a|x @100", "k=a|x @100"],
            await run.BatchAsync(run.RightRecord(100, "x"), run.RightRecord(100, "x")));
    }

    [Fact]
    public async Task Join_OfManyPartners_IsInTheOrderOfTheirTimes()
    {
        await using var run = StreamJoinRun.Inner();
        await run.BatchAsync(run.LeftRecord(103, "c"), run.LeftRecord(101, "a"), run.LeftRecord(102, "b"));

        Assert.Equal(["k=a|r @104", "k=b|r @104", "k=c|r @104"], await run.RightAsync(104));
    }

    /// <summary>Neither keys' partitions nor their numbers need to be alike.</summary>
    [Fact]
    public async Task Join_OfDifferentPartitions_IsAsOfOne()
    {
        await using var run = StreamJoinRun.Inner();
        await run.LeftAsync(100, "a", partition: 4);
        await run.LeftAsync(101, "b", partition: 1);

        Assert.Equal(["k=a|r @102", "k=b|r @102"], await run.RightAsync(102, partition: 2));
    }

    [Theory]
    [InlineData(99, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 101)]
    public async Task ResultTime_OfAPair_IsTheHigher(long right, long result)
    {
        string[] expected = [string.Create(CultureInfo.InvariantCulture, $"k=l|r @{result}")];
        await using var leftFirst = StreamJoinRun.Inner();
        await leftFirst.LeftAsync(100);
        await using var rightFirst = StreamJoinRun.Inner();
        await rightFirst.RightAsync(right);

        Assert.Equal(expected, await leftFirst.RightAsync(right));
        Assert.Equal(expected, await rightFirst.LeftAsync(100));
    }

    [Fact]
    public async Task ResultTime_OfAnUnmatchedRecord_IsItsOwn()
    {
        await using var run = StreamJoinRun.Outer();
        await run.LeftAsync(100);
        await run.RightAsync(200);

        Assert.Equal(["k=-|r @200", "ol=l|- @1000"], [.. await run.MoveLeftAsync(1_000), .. await run.MoveLeftAsync(2_000)]);
    }

    /// <summary>A record is kept by its own side's clock, as long as window and grace are: 18 ms.</summary>
    [Theory]
    [InlineData(117, true)]
    [InlineData(118, true)]
    [InlineData(119, false)]
    public async Task Inner_LateRight_IsJoinedAsLongAsTheLeftIsKept(long left, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner();
        await run.LeftAsync(100);
        await run.MoveLeftAsync(left);
        await run.MoveRightAsync(10_000);

        Assert.Equal(Pairs(isJoined, 105), await run.RightAsync(105));
    }

    /// <summary>A window that is open on one side only: its last millisecond is of it, wherever the left clock stands within it.</summary>
    [Theory]
    [InlineData(109, "k=l|r @110")]
    [InlineData(110, "k=l|r @110")]
    [InlineData(111, "k=l|- @100")]
    public async Task Window_OnlyAfter_KeepsTheLeftToItsEnd(long left, string expected)
    {
        await using var run = StreamJoinRun.Left(JoinWindows.Of(TimeSpan.Zero, Ms(10)));
        await run.LeftAsync(100);

        Assert.Equal([expected], [.. await run.MoveLeftAsync(left), .. await run.RightAsync(110)]);
    }

    private static string[] Pairs(bool isJoined, long timestamp) =>
        isJoined ? [string.Create(CultureInfo.InvariantCulture, $"k=l|r @{timestamp}")] : [];
}
