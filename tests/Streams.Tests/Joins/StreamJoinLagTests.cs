using System.Globalization;
using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State.Rows;
using Microsoft.Extensions.Time.Testing;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Rule: a record is forgotten only when both sides' clocks have passed it by window and grace: 18 ms, where nothing else is said.</summary>
public sealed class StreamJoinLagTests
{
    private const int Records = 120;
    private const int Step = 3;
    private const int Keys = 3;

    public static MatrixTheoryData<JoinKind, (int Before, int After, int Grace), bool> Lags { get; } = new(
        [JoinKind.Inner, JoinKind.Left, JoinKind.Outer], [(5, 5, 0), (5, 10, 3), (0, 10, 0), (20, 0, 7)], [true, false]);

    /// <summary>One function stands still while the other goes on for more than ten times as long as records are kept; then it catches up.</summary>
    [Theory]
    [MemberData(nameof(Lags))]
    public async Task StoppedSide_CatchesUp_AllPairsAreThereAndEachUnmatchedOnce(JoinKind kind, (int Before, int After, int Grace) of, bool isLeftAhead)
    {
        await using var run = StreamJoinRun.Of(kind, JoinWindows.Of(Ms(of.Before), Ms(of.After)).WithGrace(Ms(of.Grace)));
        var left = Enumerable.Range(0, Records).Select(i => run.LeftRecord(TimeOf(i), Text(i), KeyOf(i))).ToList();
        var right = Enumerable.Range(0, Records).Where(i => i % 4 < 2).Select(i => run.RightRecord(TimeOf(i) + 1, Text(i), KeyOf(i + (i % 2)))).ToList();
        var (ahead, behind) = isLeftAhead ? (left, right) : (right, left);

        var results = new List<string>(await RunAsync(run, ahead, restarts: true));
        results.AddRange(await RunAsync(run, behind, restarts: true));
        results.AddRange(await run.MoveLeftAsync(1_000_000));
        results.AddRange(await run.MoveRightAsync(1_000_000));

        Assert.Equal(Expected(kind, of, left, right).Order(StringComparer.Ordinal), results.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(117, true)]
    [InlineData(118, true)]
    [InlineData(119, false)]
    public async Task Left_IsKeptAsLongAsTheLaggingRightNeedsIt(long right, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner();
        var (read, waiting) = (run.RightRecord(right, key: StreamJoinRun.OtherRight), run.RightRecord(105));
        await run.LeftAsync(100);
        await run.BatchAsync(read);
        await run.LeftAsync(10_000, "new");

        Assert.Equal(isJoined ? ["k=l|r @105"] : [], await run.BatchAsync(waiting));
    }

    [Theory]
    [InlineData(117, true)]
    [InlineData(118, true)]
    [InlineData(119, false)]
    public async Task Right_IsKeptAsLongAsTheLaggingLeftNeedsIt(long left, bool isJoined)
    {
        await using var run = StreamJoinRun.Left();
        var (read, waiting) = (run.LeftRecord(left, key: StreamJoinRun.OtherLeft), run.LeftRecord(95));
        await run.RightAsync(100);
        await run.BatchAsync(read);
        await run.RightAsync(10_000, "new");

        Assert.Equal(isJoined ? "k=l|r @100" : "k=l|- @95", (await run.BatchAsync(waiting)).Single(result => result.StartsWith("k=", StringComparison.Ordinal)));
    }

    /// <summary>One that is joined waits for nothing, and may have other partners.</summary>
    [Fact]
    public async Task Joined_IsKeptForTheLaggingSide()
    {
        await using var run = StreamJoinRun.Outer();
        var (first, second) = (run.RightRecord(101, "1"), run.RightRecord(109, "2"));
        await run.LeftAsync(100);
        Assert.Equal(["k=l|1 @101"], await run.BatchAsync(first));
        await run.LeftAsync(10_000, "new");

        Assert.Equal(["k=l|2 @109"], await run.BatchAsync(second));
    }

    /// <summary>What decides is the partition that is furthest behind.</summary>
    [Theory]
    [InlineData(118, true)]
    [InlineData(119, false)]
    public async Task LaggingPartition_OfTheOtherSide_KeepsRecords(long right, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner();
        var (read, waiting) = (run.RightRecord(right, key: StreamJoinRun.OtherRight, partition: 1), run.RightRecord(105, partition: 1));
        await run.LeftAsync(100);
        await run.MoveRightAsync(10_000, partition: 0);
        await run.BatchAsync(read);
        await run.LeftAsync(10_000, "new");

        Assert.Equal(isJoined ? ["k=l|r @105"] : [], await run.BatchAsync(waiting));
    }

    /// <summary>It has had nothing left to read when the left side went on: it counts as having gone along.</summary>
    [Theory]
    [InlineData(118, true)]
    [InlineData(119, false)]
    public async Task SideWithNothingLeftToRead_KeepsNothing(long left, bool isJoined)
    {
        await using var run = StreamJoinRun.Inner();
        await run.MoveRightAsync(50);
        await run.LeftAsync(100);
        await run.LeftAsync(left, "new");

        Assert.Equal(isJoined, (await run.RightAsync(105)).Contains("k=l|r @105"));
    }

    /// <summary>It is on time in its own partition, and its partner is still there.</summary>
    [Fact]
    public async Task RecordOnTimeInItsPartition_OtherSideFarAhead_IsJoined()
    {
        await using var run = StreamJoinRun.Inner();
        await run.LeftAsync(100);
        await run.MoveLeftAsync(10_000);

        Assert.Equal(["k=l|r @105"], await run.RightAsync(105));
    }

    /// <summary>The batch has records of a partition that holds the clock back.</summary>
    [Fact]
    public async Task LaggingPartition_InTheSameBatch_LateRecordOfAnother_IsJoined()
    {
        await using var run = StreamJoinRun.Left();
        await run.LeftAsync(100);

        Assert.Equal(
            ["k=l|r @110"],
            await run.BatchAsync(
                run.RightRecord(60, key: StreamJoinRun.OtherRight, partition: 1),
                run.RightRecord(10_000, key: StreamJoinRun.OtherRight),
                run.RightRecord(110)));
    }

    [Fact]
    public async Task State_OfASideThatIsAhead_ShrinksWhenTheOtherHasCaughtUp()
    {
        await using var run = new StreamJoinRun(StreamJoinRun.JoinOf(JoinKind.Inner)) { Limits = new(2, 2, 24 * 1024) };
        var waiting = run.RightRecord(0);
        for (var i = 0; i < 100; i++)
        {
            await run.LeftAsync(i * 10);
        }

        Assert.InRange(await run.RowsAsync(RowKeys.Page), 45, 100);
        await run.BatchAsync(waiting);
        for (var i = 100; i < 104; i++)
        {
            await run.LeftAsync(i * 10);
        }

        Assert.InRange(await run.RowsAsync(RowKeys.Page), 0, 5);
    }

    /// <summary>What may be forgotten is asked for from time to time, not with every batch.</summary>
    [Fact]
    public async Task Broker_OfAnInnerJoin_IsAskedOnceASecond()
    {
        var time = new FakeTimeProvider();
        await using var run = new StreamJoinRun(StreamJoinRun.JoinOf(JoinKind.Inner)) { Time = time };
        for (var i = 0; i < 20; i++)
        {
            await run.LeftAsync(100 + i);
            await run.RightAsync(100 + i);
        }

        Assert.Equal(2, run.Asked);
        time.Advance(TimeSpan.FromSeconds(1));
        await run.LeftAsync(200);
        Assert.Equal(4, run.Asked);
    }

    /// <summary>Nothing is due whatever the other side has read.</summary>
    [Fact]
    public async Task Broker_OfALeftJoinWhereNothingIsDue_IsAskedOnceASecond()
    {
        await using var run = new StreamJoinRun(StreamJoinRun.JoinOf(JoinKind.Left)) { Time = new FakeTimeProvider() };
        await run.LeftAsync(100);
        await run.RightAsync(100);
        var asked = run.Asked;
        for (var i = 101; i < 110; i++)
        {
            await run.LeftAsync(i);
            await run.RightAsync(i);
        }

        Assert.Equal(asked, run.Asked);
        Assert.Equal(["k=l|- @200"], [.. await run.LeftAsync(200), .. await run.MoveLeftAsync(214)]);
        Assert.Equal(asked + 2, run.Asked);
    }

    private static async Task<List<string>> RunAsync(StreamJoinRun run, List<InputRecord> records, bool restarts)
    {
        var results = new List<string>();
        var number = 0;
        foreach (var batch in records.Chunk(7))
        {
            if (restarts && ++number % 5 == 0)
            {
                run.Restart();
            }

            results.AddRange(await run.BatchAsync(batch));
        }

        return results;
    }

    private static IEnumerable<string> Expected(JoinKind kind, (int Before, int After, int Grace) of, List<InputRecord> left, List<InputRecord> right)
    {
        var pairs = (
            from l in left
            from r in right
            where l.Key!.AsSpan().SequenceEqual(r.Key) && r.Timestamp >= l.Timestamp - of.Before && r.Timestamp <= l.Timestamp + of.After
            select (Left: l, Right: r)).ToList();
        foreach (var (l, r) in pairs)
        {
            yield return Shown(l, r, Math.Max(l.Timestamp, r.Timestamp));
        }

        foreach (var l in kind == JoinKind.Inner ? [] : left.Except(pairs.Select(pair => pair.Left)))
        {
            yield return Shown(l, null, l.Timestamp);
        }

        foreach (var r in kind == JoinKind.Outer ? right.Except(pairs.Select(pair => pair.Right)) : [])
        {
            yield return Shown(null, r, r.Timestamp);
        }
    }

    private static string Shown(InputRecord? left, InputRecord? right, long timestamp) => string.Create(
        CultureInfo.InvariantCulture, $"{Utf8((left ?? right)!.Value.Key)}={Utf8(left?.Value)}|{Utf8(right?.Value)} @{timestamp}");

    private static string Utf8(byte[]? bytes) => bytes is null ? "-" : System.Text.Encoding.UTF8.GetString(bytes);

    private static long TimeOf(int number) => 1_000 + (number * Step);

    private static string KeyOf(int number) => "k" + Text(number % Keys);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
