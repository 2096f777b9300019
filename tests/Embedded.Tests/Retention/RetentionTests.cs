using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Embedded.Tests.Retention;

public sealed class RetentionTests : IDisposable
{
    private readonly LogFixture _fixture = new(new EmbeddedLogOptions { RetentionBytes = 1_000_000 });

    private EmbeddedLog Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task ApplyRetentionAsync_PastRetention_DeletesByAppendTimeAndKeepsOffsets()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.AppendAsync(topic, Numbered("old", 3), _fixture.Cancellation);
        _fixture.Time.Advance(TimeSpan.FromDays(4));
        // An old timestamp: only the time of appending counts.
        await Log.AppendAsync(topic, [new OutputRecord(null, Bytes("kept")) { Timestamp = 1 }], _fixture.Cancellation);
        _fixture.Time.Advance(TimeSpan.FromDays(4));

        Assert.Equal(3, await Log.ApplyRetentionAsync(_fixture.Cancellation));

        Assert.Equal([new PartitionOffsets(0, 3, 4)], Log.GetOffsets(topic));
        Assert.Equal([(3L, "kept")], Log.Read(topic, 0, 0, 10, 1_000).Select(r => (r.Offset, Text(r.Value))));
    }

    [Fact]
    public async Task ApplyRetentionAsync_EverythingPast_NextOffsetGoesOn()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.AppendAsync(topic, Numbered("old", 3), _fixture.Cancellation);
        _fixture.Time.Advance(TimeSpan.FromDays(8));
        await Log.ApplyRetentionAsync(_fixture.Cancellation);
        OutputRecord[] records = [Record(null, "new")];

        await Log.AppendAsync(topic, records, _fixture.Cancellation);

        Assert.Equal(new RecordPosition(0, 3), records[0].Position);
        Assert.Equal([new PartitionOffsets(0, 3, 4)], Log.GetOffsets(topic));
    }

    [Fact]
    public async Task ApplyRetentionAsync_TopicsOwnRetention_Wins()
    {
        await Log.CreateTopicAsync(new TopicSpecification("short", 1) { Retention = TimeSpan.FromHours(1) }, _fixture.Cancellation);
        await Log.CreateTopicAsync(new TopicSpecification("ever", 1) { Retention = Timeout.InfiniteTimeSpan }, _fixture.Cancellation);
        await Log.AppendAsync("short", Numbered("v", 1), _fixture.Cancellation);
        await Log.AppendAsync("ever", Numbered("v", 1), _fixture.Cancellation);
        _fixture.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await Log.ApplyRetentionAsync(_fixture.Cancellation));
        _fixture.Time.Advance(TimeSpan.FromDays(1_000));

        Assert.Equal(0, await Log.ApplyRetentionAsync(_fixture.Cancellation));

        Assert.Empty(Log.Read("short", 0, 0, 10, 1_000));
        Assert.Single(Log.Read("ever", 0, 0, 10, 1_000));
    }

    [Fact]
    public async Task ApplyRetentionAsync_OverTheBytes_DeletesTheOldestOfThatPartition()
    {
        var topic = await _fixture.CreateTopicAsync(partitions: 2);
        for (var i = 0; i < 30; i++)
        {
            await Log.AppendAsync(topic, 0, [new OutputRecord(null, new byte[50_000])], _fixture.Cancellation);
        }

        await Log.AppendAsync(topic, 1, Numbered("v", 1), _fixture.Cancellation);

        Assert.Equal(11, await Log.ApplyRetentionAsync(_fixture.Cancellation));

        Assert.Equal([new PartitionOffsets(0, 11, 30), new PartitionOffsets(1, 0, 1)], Log.GetOffsets(topic));
    }

    [Fact]
    public async Task ApplyRetentionAsync_MoreThanOneTransactionTakes_DeletesAll()
    {
        var topic = await _fixture.CreateTopicAsync();
        for (var i = 0; i < 450; i++)
        {
            await Log.AppendAsync(topic, Numbered("v", 2), _fixture.Cancellation);
        }

        _fixture.Time.Advance(TimeSpan.FromDays(8));

        Assert.Equal(900, await Log.ApplyRetentionAsync(_fixture.Cancellation));
    }

    [Fact]
    public async Task ReadAsync_RetentionDeletesWhatIsBeingRead_GoesOnWithTheOldestKept()
    {
        var topic = await _fixture.CreateTopicAsync(partitions: 2);
        await Log.AppendAsync(topic, 0, Numbered("first", 1), _fixture.Cancellation);
        await Log.AppendAsync(topic, 1, Numbered("deleted", 5), _fixture.Cancellation);
        await using var client = new EmbeddedTopicClient(Log);
        var read = new List<string>();

        await foreach (var record in client.ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, _fixture.Cancellation))
        {
            read.Add(Text(record.Value));
            _fixture.Time.Advance(TimeSpan.FromDays(8));
            await Log.ApplyRetentionAsync(_fixture.Cancellation);
            await Log.AppendAsync(topic, 1, Numbered("later", 1), _fixture.Cancellation);
        }

        Assert.Equal(["first0"], read);
    }
}
