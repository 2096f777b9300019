using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Embedded.Tests.Appends;

public sealed class ReadTests : IDisposable
{
    private const long NoLimit = long.MaxValue;

    private readonly LogFixture _fixture = new();

    private EmbeddedLog Log => _fixture.Log;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Read_AnyOffsetAndCount_IsThatSliceAcrossBatches()
    {
        const int count = 3_000;
        var topic = await _fixture.CreateTopicAsync();
        // 100 bytes each: several stored batches, of one call and of many.
        OutputRecord[] records = [.. Enumerable.Range(0, count).Select(i => Record(null, $"{i}".PadLeft(100)))];
        await Log.AppendAsync(topic, records[..2_000], _fixture.Cancellation);
        await Task.WhenAll(records[2_000..].Chunk(10).Select(chunk => Log.AppendAsync(topic, chunk, _fixture.Cancellation)));

        foreach (var (from, max) in new[] { (0, 1), (0, count), (1, 7), (617, 1_000), (1_999, 2), (2_500, 100), (count - 1, 50) })
        {
            var read = Log.Read(topic, 0, from, max, NoLimit);

            Assert.Equal(Enumerable.Range(from, Math.Min(max, count - from)).Select(i => (long)i), read.Select(r => r.Offset));
            Assert.All(read, r => Assert.Equal($"{r.Offset}".PadLeft(100), Text(r.Value)));
        }
    }

    [Fact]
    public async Task Read_AtOrBehindTheEnd_IsEmpty()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.AppendAsync(topic, Numbered("v", 3), _fixture.Cancellation);

        Assert.Empty(Log.Read(topic, 0, 3, 10, NoLimit));
        Assert.Empty(Log.Read(topic, 0, 1_000, 10, NoLimit));
    }

    [Fact]
    public async Task Read_MaxBytes_StopsBeforeTheRecordThatWouldPassThem()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.AppendAsync(topic, [.. Enumerable.Range(0, 10).Select(_ => new OutputRecord(null, new byte[1_000]))], _fixture.Cancellation);

        Assert.Equal(3, Log.Read(topic, 0, 0, 100, 3_500).Count);
    }

    [Fact]
    public async Task Read_FirstRecordLargerThanMaxBytes_IsReadAlone()
    {
        var topic = await _fixture.CreateTopicAsync();
        await Log.AppendAsync(topic, [new OutputRecord(null, new byte[500_000]), Record(null, "small")], _fixture.Cancellation);

        Assert.Equal(500_000, Assert.Single(Log.Read(topic, 0, 0, 100, 1)).Value!.Length);
    }

    [Fact]
    public async Task Read_RecordsOfManySizes_AreAllThere()
    {
        var topic = await _fixture.CreateTopicAsync();
        int[] sizes = [0, 1, 127, 128, 16_383, 16_384, 65_000, 65_536, 70_000, 1_000_000, 3, 200_000, 0];
        await Log.AppendAsync(topic, [.. sizes.Select(size => new OutputRecord(null, new byte[size]))], _fixture.Cancellation);

        Assert.Equal(sizes, Log.Read(topic, 0, 0, 100, NoLimit).Select(r => r.Value!.Length));
    }

    [Fact]
    public async Task Read_WhileAppending_SeesAPrefixWithoutAGap()
    {
        var topic = await _fixture.CreateTopicAsync();
        var appending = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await Log.AppendAsync(topic, Numbered($"{i}-", 10), _fixture.Cancellation);
            }
        }, _fixture.Cancellation);
        var next = 0L;

        while (next < 2_000)
        {
            await Log.WaitForAppendAsync(topic, 0, next, _fixture.Cancellation);
            foreach (var record in Log.Read(topic, 0, next, 77, NoLimit))
            {
                Assert.Equal((next, $"{next / 10}-{next % 10}"), (record.Offset, Text(record.Value)));
                next++;
            }
        }

        await appending;
    }

    [Fact]
    public void Read_UnknownTopic_Throws() => Assert.Throws<TopicNotFoundException>(() => Log.Read("none", 0, 0, 1, 1));

    [Fact]
    public async Task Read_ArgumentsOutOfRange_Throw()
    {
        var topic = await _fixture.CreateTopicAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => Log.Read(topic, 0, -1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Log.Read(topic, 0, 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Log.Read(topic, 0, 0, 1, 0));
    }
}
