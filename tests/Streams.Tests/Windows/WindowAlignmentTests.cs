using KafkaFunctions.Streams.Windows;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>Rule: window alignment.</summary>
public sealed class WindowAlignmentTests
{
    [Theory]
    [InlineData(0, "0-10")]
    [InlineData(9, "0-10")]
    [InlineData(10, "10-20")]
    [InlineData(11, "10-20")]
    [InlineData(19, "10-20")]
    [InlineData(20, "20-30")]
    public async Task Tumbling_StartInclusiveEndExclusive_FromEpochOn(long timestamp, string expected)
    {
        await using var run = WindowRun.Updates(TimeWindows.Tumbling(Ms(10)));

        Assert.Equal([$"k {expected}=x @{timestamp}"], await run.AddAsync(timestamp));
    }

    // Starts are 0, 4, 8, ...; the first one is max(0, ts - 10 + 4) / 4 * 4.
    [Theory]
    [InlineData(0, "0-10")]
    [InlineData(3, "0-10")]
    [InlineData(4, "0-10", "4-14")]
    [InlineData(5, "0-10", "4-14")]
    [InlineData(9, "0-10", "4-14", "8-18")]
    [InlineData(10, "4-14", "8-18")]
    [InlineData(11, "4-14", "8-18")]
    [InlineData(12, "4-14", "8-18", "12-22")]
    [InlineData(13, "4-14", "8-18", "12-22")]
    [InlineData(14, "8-18", "12-22")]
    [InlineData(15, "8-18", "12-22")]
    public async Task Hopping_StartsAtMultiplesOfTheAdvance_ARecordIsInAllThatHoldIt(long timestamp, params string[] expected)
    {
        await using var run = WindowRun.Updates(TimeWindows.Hopping(Ms(10), Ms(4)));

        Assert.Equal(expected.Select(window => $"k {window}=x @{timestamp}"), await run.AddAsync(timestamp));
    }

    // After a record at 100: the window that ends at the new record, and the one right behind 100, as far as they hold it.
    [Theory]
    [InlineData(109, "99-109=ab", "101-111=b")]
    [InlineData(110, "100-110=ab", "101-111=b")]
    [InlineData(111, "101-111=b")]
    [InlineData(112, "102-112=b")]
    public async Task Sliding_BothEndsInclusive(long timestamp, params string[] expected)
    {
        await using var run = WindowRun.Updates(SlidingWindows.Of(Ms(10)).WithGrace(Ms(100)));
        Assert.Equal(["k 90-100=a @100"], await run.AddAsync(100, "a"));

        Assert.Equal(expected.Select(window => $"k {window} @{timestamp}"), await run.AddAsync(timestamp, "b"));
    }

    [Theory]
    [InlineData(9, "0-10")]
    [InlineData(10, "0-10")]
    [InlineData(11, "1-11")]
    public async Task Sliding_RecordEarlierThanAWindowIsLong_ItsWindowBeginsAtEpoch(long timestamp, string expected)
    {
        await using var run = WindowRun.Updates(SlidingWindows.Of(Ms(10)));

        Assert.Equal([$"k {expected}=x @{timestamp}"], await run.AddAsync(timestamp));
    }

    [Theory]
    [InlineData(109, "k 100-100=- @100", "k 100-109=ab @109")]
    [InlineData(110, "k 100-100=- @100", "k 100-110=ab @110")]
    [InlineData(111, "k 111-111=b @111")]
    [InlineData(91, "k 100-100=- @100", "k 91-100=ab @100")]
    [InlineData(90, "k 100-100=- @100", "k 90-100=ab @100")]
    [InlineData(89, "k 89-89=b @89")]
    public async Task Session_BothEndsInclusive(long timestamp, params string[] expected)
    {
        await using var run = WindowRun.Updates(SessionWindows.Of(Ms(10)).WithGrace(Ms(100)));
        await run.AddAsync(100, "a");

        Assert.Equal(expected, await run.AddAsync(timestamp, "b"));
    }
}
