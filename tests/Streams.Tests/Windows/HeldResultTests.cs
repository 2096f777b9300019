using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;
using KafkaFunctions.Streams.Windows.Timelines;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>Rules: results that are held until a time limit, or until there are too many.</summary>
public sealed class HeldResultTests
{
    private static readonly TimeWindows Windows = TimeWindows.Tumbling(Ms(100)).WithGrace(Ms(1_000));

    // Due when 5 + 10 <= stream time.
    [Theory]
    [InlineData(14)]
    [InlineData(15, "k 0-100=ab @7")]
    [InlineData(16, "k 0-100=ab @7")]
    public async Task Held_Tumbling_UntilTheLimitBehindTheFirstUpdate(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Held(Windows, 10);
        Assert.Empty(await run.AddAsync(5, "a"));
        Assert.Empty(await run.AddAsync(7, "b"));

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    [Theory]
    [InlineData(66)]
    [InlineData(67, "k 0-100=xx @57")]
    [InlineData(116, "k 0-100=xx @57")]
    [InlineData(117, "k 0-100=xx @57", "k 50-150=x @57")]
    public async Task Held_Hopping_WindowByWindow(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Held(TimeWindows.Hopping(Ms(100), Ms(50)).WithGrace(Ms(1_000)), 60);
        await run.AddAsync(7);
        await run.AddAsync(57);

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    // The window of the record at 20 begins at 10 and ends at it.
    [Theory]
    [InlineData(29)]
    [InlineData(30, "k 10-20=x @20")]
    [InlineData(31, "k 10-20=x @20")]
    public async Task Held_Sliding_UntilTheLimitBehindTheFirstUpdate(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Held(SlidingWindows.Of(Ms(10)).WithGrace(Ms(100)), 10);
        await run.AddAsync(20);

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(15, "k 5-5=x @5")]
    [InlineData(16, "k 5-5=x @5")]
    public async Task Held_Session_UntilTheLimitBehindTheFirstUpdate(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Held(SessionWindows.Of(Ms(100)), 10);
        await run.AddAsync(5);

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    [Fact]
    public async Task Held_RecordThatMakesItDueItself_IsInIt()
    {
        await using var run = WindowRun.Held(Windows, 10);
        await run.AddAsync(5, "a");

        Assert.Equal(["k 0-100=ab @15"], await run.AddAsync(15, "b"));
    }

    [Theory]
    [InlineData(29)]
    [InlineData(30, "k 0-100=abc @22")]
    public async Task Held_UpdateAfterTheEmission_IsHeldAnew(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Held(Windows, 10);
        await run.AddAsync(5, "a");
        Assert.Equal(["k 0-100=a @5"], await run.ClosedByAsync(15));
        Assert.Empty(await run.AddAsync(20, "b"));
        Assert.Empty(await run.AddAsync(22, "c"));

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
        Assert.Equal(expected.Length == 0 ? ["k 0-100=abc @22"] : [], await run.ClosedByAsync(99));
    }

    /// <summary>The time of the first update is that of the result, as in Kafka Streams: the highest of the window's records.</summary>
    [Theory]
    [InlineData(20, "k 0-100=ab @10")]
    [InlineData(19)]
    public async Task Held_UpdateOutOfOrder_IsHeldFromTheResultsTime(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Held(Windows, 10);
        await run.AddAsync(10, "a");
        await run.AddAsync(1, "b");

        Assert.Equal(expected, await run.ClosedByAsync(streamTime));
    }

    [Fact]
    public async Task Held_UpdateOfAWindowThatTheClockHasLeftBehind_IsEmittedAtOnce()
    {
        await using var run = WindowRun.Held(Windows, 10);
        await run.AddAsync(10, "a");
        await run.MoveToAsync(500);

        Assert.Equal(["k 0-100=ab @10"], await run.AddAsync(1, "b"));
    }

    [Fact]
    public async Task Held_SeveralWindows_InTheOrderOfTheirFirstUpdates()
    {
        await using var run = WindowRun.Held(Windows, 1_000);
        foreach (var (key, timestamp) in new[] { ("b", 7), ("c", 5), ("a", 7), ("c", 9), ("b", 150) })
        {
            await run.AddAsync(timestamp, key: key);
        }

        Assert.Equal(["c 0-100=xx @9", "a 0-100=x @7", "b 0-100=x @7", "b 100-200=x @150"], await run.ClosedByAsync(1_150));
    }

    [Fact]
    public async Task Held_WindowThatIsClosedAndNotKept_IsEmittedNevertheless()
    {
        await using var run = WindowRun.Held(TimeWindows.Tumbling(Ms(10)), 1_000);
        await run.AddAsync(5, "a");
        await run.AddAsync(500, "b");
        await run.AddAsync(700, "c");

        Assert.Equal(["k 0-10=a @5"], await run.ClosedByAsync(1_005));
        Assert.Equal(["k 500-510=b @500", "k 700-710=c @700"], await run.ClosedByAsync(1_700));
    }

    /// <summary>A session that nobody has heard of is not taken back.</summary>
    [Fact]
    public async Task Held_SessionThatGoesIntoAnotherOneBeforeItIsEmitted_IsNotHeardOf()
    {
        await using var run = WindowRun.Held(SessionWindows.Of(Ms(10)), 100);
        await run.AddAsync(0, "a");
        await run.AddAsync(8, "b");

        Assert.Equal(["k 0-8=ab @8"], await run.ClosedByAsync(1_000));
    }

    [Theory]
    [InlineData(27)]
    [InlineData(28, "k 0-0=- @0", "k 0-8=ab @8")]
    public async Task Held_SessionThatGoesIntoAnotherOneAfterItIsEmitted_IsTakenBack(long streamTime, params string[] expected)
    {
        await using var run = WindowRun.Held(SessionWindows.Of(Ms(10)).WithGrace(Ms(1_000)), 20);
        await run.AddAsync(0, "a");
        Assert.Equal(["k 0-0=a @0"], await run.ClosedByAsync(20));

        string[] results = [.. await run.AddAsync(8, "b"), .. await run.ClosedByAsync(streamTime)];

        // The tombstone has the session's time, and is due at once.
        Assert.Equal(expected.Length == 0 ? ["k 0-0=- @0"] : expected, results);
    }

    [Fact]
    public async Task Held_WindowThatComesBackBeforeItsTombstoneIsEmitted_KeepsItsPlaceAndHasNone()
    {
        await using var run = new WindowRun(Deleting(10));
        await run.AddAsync(5, "a");
        Assert.Equal(["k 0-100=a @5"], await run.ClosedByAsync(15));
        Assert.Empty(await run.AddAsync(20, "delete"));
        Assert.DoesNotContain(await run.AddAsync(25, "b"), result => result.StartsWith('k'));

        Assert.Empty(await run.ClosedByAsync(29));
        Assert.Equal(["k 0-100=b @25"], await run.ClosedByAsync(30));
    }

    [Theory]
    [InlineData(true, "k 0-100=- @20")]
    [InlineData(false)]
    public async Task Held_WindowThatIsDeleted_IsTakenBackWhereItWasEmitted(bool isEmitted, params string[] expected)
    {
        await using var run = new WindowRun(Deleting(isEmitted ? 10 : 15));
        await run.AddAsync(6, "a");
        await run.MoveToAsync(16);
        await run.AddAsync(20, "delete");

        Assert.Equal(expected, await run.ClosedByAsync(90));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Held_InOneBatch_IsWhatItIsRecordByRecord(int maxInline)
    {
        (long Timestamp, string Value, string Key)[] records =
            [(5, "a", "k"), (7, "b", "k"), (16, "c", WindowRun.Other), (17, "d", "k"), (30, "e", "k"), (150, "f", "k"), (3, "g", "k"), (400, "h", "k"), (90, "i", "k")];
        await using var one = WindowRun.Held(Windows, 10);
        await using var all = WindowRun.Held(Windows, 10, folds: true);
        all.Limits = new TimelineLimits(maxInline, 1, 1_000);
        var expected = new List<string>();
        foreach (var (timestamp, value, key) in records)
        {
            expected.AddRange(await one.AddAsync(timestamp, value, key));
        }

        var actual = await all.BatchAsync([.. records.Select(record => all.Record(record.Timestamp, record.Value, record.Key))]);

        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Where(result => result.StartsWith("k 0", StringComparison.Ordinal)), actual.Where(result => result.StartsWith("k 0", StringComparison.Ordinal)));
        Assert.Equal(["k 0-100=ab @7", "k 0-100=abde @30", "k 0-100=abdeg @30", "k 0-100=abdegi @90"], actual.Where(result => result.StartsWith("k 0", StringComparison.Ordinal)));
    }

    /// <summary>More than fits into a row: the last value is emitted all the same, and no record is a dead letter.</summary>
    [Fact]
    public async Task Held_MoreFallsDueInABatchThanFitsIntoARow_LaterValuesStandForEarlierOnes()
    {
        const int Records = 600;
        var text = new string('x', 100);
        await using var run = WindowRun.Held(TimeWindows.Tumbling(Ms(10_000)), 1, folds: true);

        var results = await run.BatchAsync([.. Enumerable.Range(0, Records).Select(i => run.Record(i * 2, text))]);

        Assert.InRange(results.Length, 20, Records - 1);
        Assert.Equal(100 * Records, results[^1].Count(letter => letter == 'x'));
    }

    [Fact]
    public async Task Held_AnotherInstance_GoesOnWithWhatIsHeld()
    {
        await using var run = WindowRun.Held(Windows, 10);
        await run.AddAsync(5, "a");
        run.Restart();
        await run.AddAsync(7, "b");
        run.Restart();

        Assert.Equal(["k 0-100=ab @7"], await run.ClosedByAsync(15));
        run.Restart();
        Assert.Empty(await run.ClosedByAsync(99));
    }

    [Fact]
    public async Task Held_BesideUpdatesAndFinalResults_EachHasItsOwn()
    {
        await using var run = WindowRun.HeldBeside(TimeWindows.Tumbling(Ms(100)), 10);
        Assert.Equal(["k 0-100=a @5"], await run.AddAsync(5, "a"));
        Assert.Equal(["k 0-100=ab @15", "held k 0-100=ab @15"], await run.AddAsync(15, "b"));
        Assert.Equal(["k 0-100=abc @20"], await run.AddAsync(20, "c"));

        Assert.Equal(["final k 0-100=abc @20", "held k 0-100=abc @20"], (await run.AddAsync(100, "d", key: "l")).Where(result => result.Contains(" k ", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2, "a 0-100=x @1")]
    [InlineData(4, "a 0-100=x @1", "b 0-100=x @2", "c 0-100=x @3")]
    public async Task MaxRows_MoreThanThat_TheOldestAreEmittedEarly(int keys, params string[] expected)
    {
        await using var run = WindowRun.Held(Windows, 1_000, maxRows: 1);
        var results = new List<string>();
        foreach (var (key, timestamp) in new[] { ("a", 1), ("b", 2), ("c", 3), ("d", 4) }.Take(keys))
        {
            results.AddRange(await run.AddAsync(timestamp, key: key));
        }

        Assert.Equal(expected, results);
    }

    [Fact]
    public async Task MaxRows_OfTheSameTime_ByKey()
    {
        await using var run = WindowRun.Held(Windows, 1_000, maxRows: 2);
        await run.AddAsync(5, key: "c");
        await run.AddAsync(5, key: "b");

        Assert.Equal(["a 0-100=x @5"], await run.AddAsync(5, key: "a"));
        Assert.Equal(["b 0-100=x @5"], await run.AddAsync(6, key: "d"));
    }

    [Fact]
    public async Task MaxRows_InOneBatch_KeepsTheNewest()
    {
        await using var run = WindowRun.Held(Windows, 1_000_000, maxRows: 3, folds: true);

        var results = await run.BatchAsync([.. Enumerable.Range(0, 200).Select(i => run.Record(i * 100, key: i % 2 == 0 ? "k" : "l"))]);

        Assert.Equal(197, results.Length);
        Assert.Equal(["l 19700-19800=x @19700", "k 19800-19900=x @19800", "l 19900-20000=x @19900"], (await run.ClosedByAsync(9_000_000)).TakeLast(3));
    }

    [Fact]
    public async Task MaxRows_AfterARestart_CountsWhatIsStored()
    {
        await using var run = WindowRun.Held(Windows, 1_000, maxRows: 2);
        await run.AddAsync(1, key: "a");
        await run.AddAsync(2, key: "b");
        run.Restart();

        Assert.Equal(["a 0-100=x @1"], await run.AddAsync(3, key: "c"));
        Assert.Equal(["b 0-100=x @2"], await run.AddAsync(4, key: "d"));
    }

    [Fact]
    public async Task Held_FunctionThatHeldNothingBefore_HoldsWhatComes()
    {
        await using var before = WindowRun.Updates(Windows);
        await before.AddAsync(5, "a");
        await before.AddAsync(300, "b");
        await using var run = new WindowRun(Joining(10), storage: before.Storage, from: before);

        Assert.Empty(await run.AddAsync(305, "c"));
        Assert.Equal(["k 300-400=bc @305"], await run.ClosedByAsync(315));
    }

    [Fact]
    public async Task Held_FunctionThatHoldsNothingAnyMore_GoesOnWithTheValues()
    {
        await using var before = WindowRun.Held(Windows, 10);
        await before.AddAsync(5, "a");
        await using var run = new WindowRun(Joining(null), storage: before.Storage, from: before);

        Assert.Equal(["k 0-100=ab @6"], await run.AddAsync(6, "b"));
        Assert.Empty(await run.ClosedByAsync(1_000_000));
        Assert.Equal(["k 1000000-1000100=c @1000001"], await run.AddAsync(1_000_001, "c"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void UntilTimeLimit_NoTime_SaysWhatToDo(long limit)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Suppressed.UntilTimeLimit(Ms(limit)));

        Assert.Equal("limit", error.ParamName);
        Suppressed.UntilTimeLimit(Ms(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void UntilTimeLimit_NoRows_SaysWhatToDo(int maxRows)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Suppressed.UntilTimeLimit(Ms(1), maxRows));

        Assert.Equal("maxRows", error.ParamName);
        Suppressed.UntilTimeLimit(Ms(1), 1);
    }

    [Fact]
    public void Suppress_ASecondTimeLimitOrBehindFinalResults_IsRefused()
    {
        var table = KStream.From(Serdes.Utf8, Serdes.Utf8).GroupByKey(Serdes.Utf8).WindowedBy(Windows).Count("counts");
        var finals = KStream.From(Serdes.Utf8, Serdes.Utf8).GroupByKey(Serdes.Utf8).WindowedBy(Windows).EmitFinal().Count("counts");
        table.Suppress(Suppressed.UntilTimeLimit(Ms(10)));

        table.Suppress(Suppressed.UntilTimeLimit(Ms(10)));
        Assert.Throws<InvalidOperationException>(() => table.Suppress(Suppressed.UntilTimeLimit(Ms(11))));
        Assert.Throws<InvalidOperationException>(() => finals.Suppress(Suppressed.UntilTimeLimit(Ms(10))));
    }

    /// <summary>What <see cref="WindowRun"/> runs, with results held for a time or not at all.</summary>
    private static StreamProcessor Joining(long? limit)
    {
        var table = KStream.From(Serdes.Utf8, Serdes.Utf8).GroupByKey(Serdes.Utf8).WindowedBy(Windows).Aggregate(() => "", (_, value, text) => text + value, "texts", Serdes.Utf8);
        return (limit is { } held ? table.Suppress(Suppressed.UntilTimeLimit(Ms(held))) : table).To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Utf8);
    }

    /// <summary>Texts, where a word deletes what the window has.</summary>
    private static StreamProcessor Deleting(long limit) => KStream.From(Serdes.Utf8, Serdes.Utf8)
        .GroupByKey(Serdes.Utf8)
        .WindowedBy(Windows)
        .Aggregate<string?>(() => "", (_, value, text) => value == "delete" ? null : text + value, "texts", Serdes.Utf8)
        .Suppress(Suppressed.UntilTimeLimit(Ms(limit)))
        .To(Serdes.SessionWindowed(Serdes.Utf8), Serdes.Utf8);
}
