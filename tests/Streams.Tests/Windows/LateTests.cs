using KafkaFunctions.Streams.Windows;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>Rules: late, by kind of window; and ours: a late record goes to the late topic with how late it was.</summary>
public sealed class LateTests
{
    // Accepted iff 10 > stream time - 5.
    [Theory]
    [InlineData(14, "k 0-10=x @9")]
    [InlineData(15, "late k @9 by 0")]
    [InlineData(16, "late k @9 by 1")]
    public async Task Late_Tumbling_FromTheEndAndGraceOn(long streamTime, string expected)
    {
        await using var run = WindowRun.Updates(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(5)));
        await run.MoveToAsync(streamTime);

        Assert.Equal([expected], await run.AddAsync(9));
        Assert.Equal(expected.StartsWith("late", StringComparison.Ordinal) ? 1 : 0, run.LateRecords);
    }

    // In 0-10 and 5-15.
    [Theory]
    [InlineData(9, "k 0-10=x @7", "k 5-15=x @7")]
    [InlineData(10, "k 5-15=x @7", "late k @7 by 0")]
    [InlineData(11, "k 5-15=x @7", "late k @7 by 1")]
    [InlineData(14, "k 5-15=x @7", "late k @7 by 4")]
    [InlineData(15, "late k @7 by 5")]
    [InlineData(16, "late k @7 by 6")]
    public async Task Late_Hopping_WindowByWindow(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Updates(TimeWindows.Hopping(Ms(10), Ms(5)));
        await run.MoveToAsync(streamTime);

        Assert.Equal(expected, await run.AddAsync(7));
        Assert.Equal(streamTime < 10 ? 0 : 1, run.LateRecords);
    }

    // Dropped iff its end < stream time - 5 - 10.
    [Theory]
    [InlineData(14, "k 0-0=x @0")]
    [InlineData(15, "k 0-0=x @0")]
    [InlineData(16, "late k @0 by 1")]
    [InlineData(17, "late k @0 by 2")]
    public async Task Late_Session_BehindTheEndGraceAndGap(long streamTime, string expected)
    {
        await using var run = WindowRun.Updates(SessionWindows.Of(Ms(10)).WithGrace(Ms(5)));
        await run.MoveToAsync(streamTime);

        Assert.Equal([expected], await run.AddAsync(0));
    }

    // With the session at 8 it ends at 8: dropped iff 8 < stream time - 5 - 10.
    [Theory]
    [InlineData(22, "k 8-8=- @8", "k 0-8=ab @8")]
    [InlineData(23, "k 8-8=- @8", "k 0-8=ab @8")]
    [InlineData(24, "late k @0 by 1")]
    [InlineData(25, "late k @0 by 2")]
    public async Task Late_Session_TheMergedEndCounts(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Updates(SessionWindows.Of(Ms(10)).WithGrace(Ms(5)));
        await run.AddAsync(8, "a");
        await run.MoveToAsync(streamTime);

        Assert.Equal(expected, await run.AddAsync(0, "b"));
    }

    // In 10-20, accepted iff 20 >= stream time - 5.
    [Theory]
    [InlineData(24, "k 10-20=x @20")]
    [InlineData(25, "k 10-20=x @20")]
    [InlineData(26, "late k @20 by 1")]
    [InlineData(27, "late k @20 by 2")]
    [InlineData(35, "late k @20 by 10")]
    [InlineData(36, "late k @20 by 11")]
    [InlineData(37, "late k @20 by 12")]
    public async Task Late_Sliding_BehindTheEndAndGrace(long streamTime, string expected)
    {
        await using var run = WindowRun.Updates(SlidingWindows.Of(Ms(10)).WithGrace(Ms(5)));
        await run.MoveToAsync(streamTime);

        Assert.Equal([expected], await run.AddAsync(20));
        Assert.Equal(streamTime <= 25 ? 0 : 1, run.LateRecords);
    }

    // Beside its own window, 10-20, the record at 20 is in 15-25, which ends at the record at 25; and what is right behind it begins then.
    [Theory]
    [InlineData(25, "k 10-20=b @20", "k 15-25=ab @25", "k 21-31=a @25")]
    [InlineData(26, "k 15-25=ab @25", "k 21-31=a @25", "late k @20 by 1")]
    [InlineData(30, "k 15-25=ab @25", "k 21-31=a @25", "late k @20 by 5")]
    [InlineData(31, "k 21-31=a @25", "late k @20 by 6")]
    public async Task Late_Sliding_WindowByWindow(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Updates(SlidingWindows.Of(Ms(10)).WithGrace(Ms(5)));
        await run.AddAsync(25, "a");
        await run.MoveToAsync(streamTime);

        Assert.Equal(expected, await run.AddAsync(20, "b"));
    }
}
