using KafkaFunctions.Streams.Joins;
using KafkaFunctions.Streams.State.Rows;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>The timer deletes rows by the rule by which records are forgotten: 18 ms by both clocks.</summary>
public sealed class StreamJoinCleanUpTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));

    [Fact]
    public async Task DeleteExpiredAsync_ASideLags_KeepsWhatItNeeds()
    {
        await using var run = new StreamJoinRun(StreamJoinRun.JoinOf(JoinKind.Inner)) { Time = _time };
        var waiting = run.RightRecord(105);
        await run.LeftAsync(100);
        await run.MoveLeftAsync(10_000);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await run.CleanUpAsync());
        Assert.Equal(["k=l|r @105"], await run.BatchAsync(waiting));
        Assert.Equal(0, await run.CleanUpAsync());
        _time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(1, await run.CleanUpAsync());
        Assert.Equal(["k=l|r @10005"], [.. await run.LeftAsync(10_005), .. await run.RightAsync(10_005)]);
    }

    [Theory]
    [InlineData(118, 0)]
    [InlineData(119, 1)]
    public async Task DeleteExpiredAsync_BothClocksHavePassed_DeletesTheRow(long clock, int deleted)
    {
        await using var run = new StreamJoinRun(StreamJoinRun.JoinOf(JoinKind.Outer)) { Time = _time };
        await run.LeftAsync(100);
        await run.RightAsync(100);
        await run.MoveLeftAsync(clock);
        await run.MoveRightAsync(10_000);
        run.LeftRecord(20_000, partition: 0);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(deleted, await run.CleanUpAsync());
        Assert.Equal(0, await run.CleanUpAsync());
    }

    [Fact]
    public async Task DeleteExpiredAsync_RecordsInPages_NothingIsLeft()
    {
        await using var run = new StreamJoinRun(StreamJoinRun.JoinOf(JoinKind.Inner)) { Time = _time, Limits = new(2, 2, 24 * 1024) };
        await run.BatchAsync([.. Enumerable.Range(0, 40).Select(i => run.LeftRecord(100 + i))]);
        await run.BatchAsync([.. Enumerable.Range(0, 40).Select(i => run.RightRecord(100 + i))]);
        Assert.InRange(await run.RowsAsync(RowKeys.Page), 20, 50);
        await run.LeftAsync(1_000, key: "new");
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, await run.CleanUpAsync());
        Assert.Equal((1, 0, 1), (await run.RowsAsync(RowKeys.Value), await run.RowsAsync(RowKeys.Page), await run.RowsAsync(RowKeys.Index)));
    }
}
