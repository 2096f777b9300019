using KafkaFunctions.Streams.Windows;
using static KafkaFunctions.Streams.Tests.Windows.Spans;

namespace KafkaFunctions.Streams.Tests.Windows;

/// <summary>Rule: stream time.</summary>
public sealed class StreamTimeTests
{
    private static readonly TimeWindows Windows = TimeWindows.Tumbling(Ms(10));

    [Theory]
    [InlineData(9, "k 0-10=x @5")]
    [InlineData(10, "late k @5 by 0")]
    [InlineData(11, "late k @5 by 1")]
    public async Task StreamTime_IsThatOfAllKeysOfThePartition(long other, string expected)
    {
        await using var run = WindowRun.Updates(Windows);
        await run.MoveToAsync(other);

        Assert.Equal([expected], await run.AddAsync(5));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10, "k 0-10=x @0")]
    [InlineData(11, "k 0-10=x @0")]
    public async Task StreamTime_IsMovedByTheRecordItself(long timestamp, params string[] closed)
    {
        await using var run = WindowRun.Finals(Windows);
        await run.AddAsync(0);

        Assert.Equal(closed, await run.ClosedByAsync(timestamp));
    }

    [Fact]
    public async Task StreamTime_NeverGoesBackwards()
    {
        await using var run = WindowRun.Updates(Windows);
        await run.MoveToAsync(20);
        await run.AddAsync(5);

        Assert.Equal(["late k @19 by 0"], await run.AddAsync(19));
        Assert.Equal(["k 20-30=x @20"], await run.AddAsync(20));
    }

    [Fact]
    public async Task StreamTime_IsEachPartitionsOwn()
    {
        await using var run = WindowRun.Updates(Windows);
        await run.MoveToAsync(1_000);

        Assert.Equal(["p 0-10=x @5"], await run.AddAsync(5, key: "p", partition: 1));
        Assert.Equal(["late k @5 by 990"], await run.AddAsync(5));
    }

    /// <summary>Ours: so does lateness.</summary>
    [Theory]
    [InlineData(9, "k 0-10=x @5")]
    [InlineData(10, "late k @5 by 0")]
    [InlineData(11, "late k @5 by 1")]
    public async Task StreamTime_SurvivesARestart(long other, string expected)
    {
        await using var run = WindowRun.Updates(Windows);
        await run.MoveToAsync(other);
        run.Restart();

        Assert.Equal([expected], await run.AddAsync(5));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task StreamTime_RecordBefore1970_IsADeadLetterAndMovesNoClock(long timestamp, bool isPoison)
    {
        await using var run = WindowRun.Updates(Windows);
        var record = run.Record(timestamp);

        if (isPoison)
        {
            Assert.Equal([record], await run.FailAsync(record));
            Assert.Equal(["k 0-10=x @0"], await run.AddAsync(0));
        }
        else
        {
            Assert.Equal([$"k 0-10=x @{timestamp}"], await run.BatchAsync(record));
        }
    }
}
