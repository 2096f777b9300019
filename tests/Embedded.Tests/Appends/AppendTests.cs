using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Embedded.Tests.Appends;

public sealed class AppendTests : IDisposable
{
    private readonly LogFixture _fixture = new();

    private EmbeddedLog Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task AppendAsync_Partition_IgnoresTheKey()
    {
        var topic = await _fixture.CreateTopicAsync(partitions: 3);
        OutputRecord[] records = [Record("a", "1"), Record("b", "2"), Record("c", "3")];

        await Log.AppendAsync(topic, 2, records, _fixture.Cancellation);

        Assert.Equal([new RecordPosition(2, 0), new RecordPosition(2, 1), new RecordPosition(2, 2)], records.Select(r => r.Position!.Value));
        Assert.Equal(["1", "2", "3"], Log.Read(topic, 2, 0, 10, 1_000).Select(r => Text(r.Value)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public async Task AppendAsync_UnknownPartition_Throws(int partition)
    {
        var topic = await _fixture.CreateTopicAsync(partitions: 3);

        await Assert.ThrowsAsync<TopicNotFoundException>(() => Log.AppendAsync(topic, partition, [Record(null, "v")], _fixture.Cancellation));
    }

    [Fact]
    public async Task AppendAsync_NoKeyNoIdentity_TakesPartitionsInTurn()
    {
        var topic = await _fixture.CreateTopicAsync(partitions: 4);

        await Log.AppendAsync(topic, Numbered("v", 8), _fixture.Cancellation);

        Assert.All(Log.GetOffsets(topic), offsets => Assert.Equal(2, offsets.End));
    }

    [Fact]
    public async Task AppendAsync_NoTimestamp_IsTheClocks()
    {
        var topic = await _fixture.CreateTopicAsync();

        await Log.AppendAsync(topic, Numbered("v", 1), _fixture.Cancellation);

        Assert.Equal(_fixture.Time.GetUtcNow().ToUnixTimeMilliseconds(), Assert.Single(Log.Read(topic, 0, 0, 10, 1_000)).Timestamp);
    }

    [Fact]
    public async Task AppendAsync_SeveralLogsAndCallers_OffsetsAreContiguousAndEachCallersOrderIsKept()
    {
        const int callers = 4, calls = 30, size = 5;
        var topic = await _fixture.CreateTopicAsync(partitions: 2);
        EmbeddedLog[] logs = [Log, _fixture.OpenAgain()];

        await Task.WhenAll(logs.SelectMany((log, l) => Enumerable.Range(0, callers).Select(c => Task.Run(async () =>
        {
            for (var call = 0; call < calls; call++)
            {
                OutputRecord[] records = [.. Enumerable.Range(0, size).Select(i => Record($"{l}{c}", $"{(call * size) + i:D6}"))];
                await log.AppendAsync(topic, records, _fixture.Cancellation);
            }
        }))));

        var read = Enumerable.Range(0, 2).SelectMany(p => Log.Read(topic, p, 0, int.MaxValue, int.MaxValue)).ToList();
        Assert.Equal(logs.Length * callers * calls * size, read.Count);
        Assert.All(read.GroupBy(r => r.Partition), p => Assert.Equal(Enumerable.Range(0, p.Count()).Select(i => (long)i), p.Select(r => r.Offset)));
        Assert.All(
            read.GroupBy(r => Text(r.Key)),
            caller => Assert.Equal(Enumerable.Range(0, calls * size).Select(i => $"{i:D6}"), caller.Select(r => Text(r.Value))));
    }

    [Fact]
    public async Task AppendAsync_AfterReopening_GoesOnWithTheNextOffset()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.AppendAsync(topic, Numbered("v", 3), _fixture.Cancellation);
        Log.Dispose();
        var reopened = _fixture.OpenAgain();
        OutputRecord[] records = [Record(null, "next")];

        await reopened.AppendAsync(topic, records, _fixture.Cancellation);

        Assert.Equal(new RecordPosition(0, 3), records[0].Position);
        Assert.Equal(["v0", "v1", "v2", "next"], reopened.Read(topic, 0, 0, 10, 1_000).Select(r => Text(r.Value)));
    }

    [Fact]
    public async Task Dispose_AppendsUnderWay_AreStoredOrRefused()
    {
        var topic = await _fixture.CreateTopicAsync();
        var appends = Enumerable.Range(0, 50).Select(i => Log.AppendAsync(topic, [Record(null, $"{i}")], _fixture.Cancellation)).ToList();

        Log.Dispose();

        await Task.WhenAll(appends);
        Assert.Equal(50, _fixture.OpenAgain().Read(topic, 0, 0, 100, 1_000_000).Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Log.AppendAsync(topic, [Record(null, "late")], _fixture.Cancellation));
    }
}
