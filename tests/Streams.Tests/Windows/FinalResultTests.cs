using KafkaFunctions.Streams.Windows;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>Rules: closed, final results; suppress until window closes; and ours: every closed window with data exactly once.</summary>
public sealed class FinalResultTests
{
    // Closed when 10 <= stream time - 5.
    [Theory]
    [InlineData(14)]
    [InlineData(15, "k 0-10=ab @9")]
    [InlineData(16, "k 0-10=ab @9")]
    public async Task Final_Tumbling_AtTheEndAndGrace(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(5)));
        await run.AddAsync(9, "a");
        await run.AddAsync(0, "b");

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10, "k 0-10=x @7")]
    [InlineData(14, "k 0-10=x @7")]
    [InlineData(15, "k 0-10=x @7", "k 5-15=x @7")]
    [InlineData(16, "k 0-10=x @7", "k 5-15=x @7")]
    public async Task Final_Hopping_WindowByWindow(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Finals(TimeWindows.Hopping(Ms(10), Ms(5)));
        await run.AddAsync(7);

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    // What is not closed takes records: closed when 0 < stream time - 5 - 10.
    [Theory]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16, "k 0-0=x @0")]
    public async Task Final_Session_BehindTheEndGraceAndGap(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Finals(SessionWindows.Of(Ms(10)).WithGrace(Ms(5)));
        await run.AddAsync(0);

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    // Closed when 20 < stream time - 5.
    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(26, "k 10-20=x @20")]
    public async Task Final_Sliding_BehindTheEndAndGrace(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Finals(SlidingWindows.Of(Ms(10)).WithGrace(Ms(5)));
        await run.AddAsync(20);

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    [Fact]
    public async Task Final_SeveralWindows_ByStartThenByKey()
    {
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(50)));
        foreach (var (key, timestamp) in new[] { ("c", 10), ("a", 10), ("b", 0), ("c", 0), ("a", 0), ("b", 20) })
        {
            await run.AddAsync(timestamp, key: key);
        }

        Assert.Equal(
            ["a 0-10=x @0", "b 0-10=x @0", "c 0-10=x @0", "a 10-20=x @10", "c 10-20=x @10", "b 20-30=x @20"],
            await run.ClosedByAsync(1_000));
    }

    [Fact]
    public async Task Final_ClosedWindow_IsEmittedOnce()
    {
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)));
        await run.AddAsync(0);
        Assert.Equal(["k 0-10=x @0"], await run.ClosedByAsync(10));

        // A record for it, more of the clock, another instance.
        Assert.Equal(["late k @9 by 0"], await run.AddAsync(9));
        Assert.Empty(await run.ClosedByAsync(11));
        run.Restart();
        Assert.Equal(["late k @9 by 1"], await run.AddAsync(9));
        Assert.Equal(["o 10-20=xx @11"], await run.AddAsync(1_000_000, key: "z"));
    }

    /// <summary>Ours: whatever the jump, and however short windows are kept.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(100_000)]
    [InlineData(4_000_000_000_000)]
    public async Task Final_JumpOfTheClock_EveryWindowWithDataOnce(long to)
    {
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(20)).WithRetention(TimeSpan.Zero));
        await run.AddAsync(0, "a");
        await run.AddAsync(11, "b");
        await run.AddAsync(25, "c");

        Assert.Equal(["k 0-10=a @0", "k 10-20=b @11", "k 20-30=c @25"], await run.ClosedByAsync(to));
        Assert.Empty(await run.ClosedByAsync(to));
    }

    /// <summary>A timestamp at the end of the range, whose own window cannot end behind it.</summary>
    [Theory]
    [InlineData(long.MaxValue - 1)]
    [InlineData(long.MaxValue)]
    public async Task Final_JumpToTheEndOfTime_ClosesWhatIsOpen(long to)
    {
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)));
        await run.AddAsync(0, "a");

        Assert.Contains("k 0-10=a @0", await run.AddAsync(to, key: WindowRun.Other));
    }

    [Fact]
    public async Task Final_WindowAtTheEndOfTime_Closes()
    {
        const long Start = long.MaxValue / 10 * 10;
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)));
        await run.AddAsync(Start, "a");

        Assert.Contains($"k {Start}-{long.MaxValue}=a @{Start}", await run.AddAsync(long.MaxValue, key: WindowRun.Other));
    }

    /// <summary>Ours: after a quiet spell, the first record closes what was before it.</summary>
    [Fact]
    public async Task Final_AfterAQuietSpell_TheWindowBeforeItIsEmitted()
    {
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)));
        var finals = new List<string>();
        foreach (var timestamp in new long[] { 5, 1_000_000, 3_000_000_000, 3_000_000_010 })
        {
            finals.AddRange(await run.AddAsync(timestamp));
            run.Restart();
        }

        Assert.Equal(["k 0-10=x @5", "k 1000000-1000010=x @1000000", "k 3000000000-3000000010=x @3000000000"], finals);
    }

    [Fact]
    public async Task Final_RecordsOfOneBatch_GoByTheClockThatEachHasMet()
    {
        await using var run = WindowRun.Finals(TimeWindows.Tumbling(Ms(10)), folds: true);

        var results = await run.BatchAsync(run.Record(0, "a"), run.Record(9, "b"), run.Record(10, "c", WindowRun.Other), run.Record(1, "d"));

        Assert.Equal(["late k @1 by 0", "k 0-10=ab @9"], results);
    }

    /// <summary>Rule: suppress.</summary>
    [Theory]
    [InlineData(14)]
    [InlineData(15, "final k 0-10=ab @9")]
    [InlineData(16, "final k 0-10=ab @9")]
    public async Task Suppress_UntilWindowCloses_OnceAtTheEndAndGraceBesideTheUpdates(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Suppressed(TimeWindows.Tumbling(Ms(10)).WithGrace(Ms(5)));
        Assert.Equal(["k 0-10=a @9"], await run.AddAsync(9, "a"));
        Assert.Equal(["k 0-10=ab @9"], await run.AddAsync(0, "b"));

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
        Assert.Empty(await run.ClosedByAsync(streamTime));
    }

    /// <summary>A record that is not late itself takes a closed session into another one, as in Kafka Streams: both are final once.</summary>
    [Theory]
    [InlineData(110, "k 0-10=ab @10")]
    [InlineData(111, "k 0-0=a @0", "k 0-10=ab @10")]
    [InlineData(112, "k 0-0=a @0", "k 0-10=ab @10")]
    public async Task Final_SessionThatGoesIntoAnotherOne_IsEmittedWhereItWasClosedBefore(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Finals(SessionWindows.Of(Ms(10)).WithGrace(Ms(100)));
        await run.AddAsync(0, "a");

        string[] results = [.. await run.ClosedByAsync(streamTime), .. await run.AddAsync(10, "b"), .. await run.ClosedByAsync(1_000)];

        Assert.Equal(expected, results);
    }
}
