using KafkaFunctions.Streams.Windows;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>Rules: session merge; and ours: a session's predecessor is found as long as it is within the gap.</summary>
public sealed class SessionMergeTests
{
    private static readonly SessionWindows Sessions = SessionWindows.Of(Ms(10)).WithGrace(Ms(1_000));

    // Sessions at 100 and at 120: joined iff end >= ts - 10, and start <= ts + 10.
    [Theory]
    [InlineData(109, "k 100-100=- @100", "k 100-109=ac @109")]
    [InlineData(110, "k 100-100=- @100", "k 120-120=- @120", "k 100-120=abc @120")]
    [InlineData(111, "k 120-120=- @120", "k 111-120=bc @120")]
    public async Task Merge_RecordBetweenSessions_JoinsThoseWithinTheGapAndTakesThemBackFirst(long timestamp, params string[] expected)
    {
        await using var run = WindowRun.Updates(Sessions);
        await run.AddAsync(100, "a");
        await run.AddAsync(120, "b");

        Assert.Equal(expected, await run.AddAsync(timestamp, "c"));
    }

    [Theory]
    [InlineData(99, "k 100-110=- @110", "k 99-110=abc @110")]
    [InlineData(100, "k 100-110=abc @110")]
    [InlineData(101, "k 100-110=abc @110")]
    [InlineData(109, "k 100-110=abc @110")]
    [InlineData(110, "k 100-110=abc @110")]
    [InlineData(111, "k 100-110=- @110", "k 100-111=abc @111")]
    public async Task Merge_BoundsStayTheSame_NothingIsTakenBack(long timestamp, params string[] expected)
    {
        await using var run = WindowRun.Updates(Sessions);
        await run.AddAsync(100, "a");
        await run.AddAsync(110, "b");

        Assert.Equal(expected, await run.AddAsync(timestamp, "c"));
    }

    [Fact]
    public async Task Merge_WithinABatchThatIsFolded_OnlyWhatWasPublishedIsTakenBack()
    {
        await using var run = WindowRun.Updates(Sessions, folds: true);
        Assert.Equal(["k 100-100=a @100"], await run.AddAsync(100, "a"));

        Assert.Equal(
            ["k 100-100=- @100", "k 100-115=abc @115"],
            await run.BatchAsync(run.Record(115, "b"), run.Record(108, "c")));
    }

    // The record at 10 is late when 10 < stream time - 100 - 10. Until then the session at 0, closed since 111, is its predecessor.
    [Theory]
    [InlineData(110, "k 0-0=- @0", "k 0-10=ab @10")]
    [InlineData(111, "k 0-0=- @0", "k 0-10=ab @10")]
    [InlineData(119, "k 0-0=- @0", "k 0-10=ab @10")]
    [InlineData(120, "k 0-0=- @0", "k 0-10=ab @10")]
    [InlineData(121, "late k @10 by 1")]
    public async Task Merge_ClosedPredecessorWithinTheGap_IsFoundHoweverShortItIsKept(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Updates(SessionWindows.Of(Ms(10)).WithGrace(Ms(100)).WithRetention(TimeSpan.Zero));
        await run.AddAsync(0, "a");
        await run.MoveToAsync(streamTime);

        Assert.Equal(expected, await run.AddAsync(10, "b"));
    }
}
