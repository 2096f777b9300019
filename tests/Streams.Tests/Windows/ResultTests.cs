using KafkaFunctions.Streams.Windows;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>Rules: result timestamp, null key, null value, number of updates.</summary>
public sealed class ResultTests
{
    [Theory]
    [InlineData(7, 6, 7)]
    [InlineData(7, 7, 7)]
    [InlineData(7, 8, 8)]
    public async Task Timestamp_OfAnAggregate_IsTheHighestOfItsRecords(long first, long second, long expected)
    {
        await using var run = WindowRun.Updates(TimeWindows.Tumbling(Ms(10)));
        await run.AddAsync(first, "a");

        Assert.Equal([$"k 0-10=ab @{expected}"], await run.AddAsync(second, "b"));
    }

    [Theory]
    [InlineData(7, 6, "k 7-7=- @7", "k 6-7=ab @7")]
    [InlineData(7, 7, "k 7-7=ab @7")]
    [InlineData(7, 8, "k 7-7=- @7", "k 7-8=ab @8")]
    public async Task Timestamp_OfASession_IsItsEnd(long first, long second, params string[] expected)
    {
        await using var run = WindowRun.Updates(SessionWindows.Of(Ms(10)));
        await run.AddAsync(first, "a");

        Assert.Equal(expected, await run.AddAsync(second, "b"));
    }

    [Fact]
    public async Task NullKey_AnyWindows_IsCountedAndMovesNoClock()
    {
        foreach (var run in (WindowRun[])[WindowRun.Updates(TimeWindows.Tumbling(Ms(10))), WindowRun.Updates(SlidingWindows.Of(Ms(10))), WindowRun.Updates(SessionWindows.Of(Ms(10)))])
        {
            await using var used = run;
            Assert.Empty(await run.AddAsync(1_000_000, key: null));

            Assert.Equal(1, run.Ignored);
            Assert.DoesNotContain(await run.AddAsync(5), result => result.StartsWith("late", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task NullValue_TumblingHoppingAndSessions_CountsLikeAnyOther()
    {
        await using var tumbling = WindowRun.Updates(TimeWindows.Tumbling(Ms(10)));
        await using var hopping = WindowRun.Updates(TimeWindows.Hopping(Ms(10), Ms(5)));
        await using var sessions = WindowRun.Updates(SessionWindows.Of(Ms(10)));

        Assert.Equal(["k 0-10=null @5"], await tumbling.AddAsync(5, null));
        Assert.Equal(["k 0-10=null @5", "k 5-15=null @5"], await hopping.AddAsync(5, null));
        Assert.Equal(["k 5-5=null @5"], await sessions.AddAsync(5, null));
        Assert.Equal(0, tumbling.Ignored + hopping.Ignored + sessions.Ignored);
    }

    [Fact]
    public async Task NullValue_SlidingWindows_IsCountedAndMovesNoClock()
    {
        await using var run = WindowRun.Updates(SlidingWindows.Of(Ms(10)));

        Assert.Empty(await run.AddAsync(1_000_000, null));

        Assert.Equal(1, run.Ignored);
        Assert.Equal(["k 0-10=x @5"], await run.AddAsync(5));
    }

    [Fact]
    public async Task Updates_WithoutFolding_EveryOne()
    {
        await using var run = WindowRun.Updates(TimeWindows.Tumbling(Ms(10)));

        Assert.Equal(["k 0-10=a @0", "j 0-10=b @1", "k 0-10=ac @2", "k 10-20=d @10"], await TakeAsync(run));
    }

    [Fact]
    public async Task Updates_OfAFoldedBatch_OnePerWindowAtItsLastRecord()
    {
        await using var run = WindowRun.Updates(TimeWindows.Tumbling(Ms(10)), folds: true);

        Assert.Equal(["j 0-10=b @1", "k 0-10=ac @2", "k 10-20=d @10"], await TakeAsync(run));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Updates_FoldedOrNot_FinalResultsAreTheSame(bool folds)
    {
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)), folds);

        Assert.Equal(["j 0-10=b @1", "k 0-10=ac @2"], await TakeAsync(run));
    }

    private static Task<string[]> TakeAsync(WindowRun run) =>
        run.BatchAsync(run.Record(0, "a"), run.Record(1, "b", "j"), run.Record(2, "c"), run.Record(10, "d"));
}
