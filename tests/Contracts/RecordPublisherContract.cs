using System.Globalization;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Contracts;

/// <summary>Every promise of <see cref="IRecordPublisher"/>; each implementation inherits it.</summary>
public abstract class RecordPublisherContract : BrokerContract
{
    [Fact]
    public async Task PublishAsync_KeyValueTimestampHeaders_RoundTrip()
    {
        var topic = await CreateTopicAsync();
        var sent = new OutputRecord([0, 1, 255], [9, 0, 9])
        {
            Timestamp = 1_234_567_890_123,
            Headers = [new RecordHeader("trace", [1]), new RecordHeader("änderung", Bytes("größer"))],
        };

        await Publisher.PublishAsync(topic, [sent], Cancellation);

        var read = Assert.Single(await ReadAllAsync(topic));
        Assert.Equal((topic, 0, 0L), (read.Topic, read.Partition, read.Offset));
        Assert.Equal(sent.Key, read.Key);
        Assert.Equal(sent.Value, read.Value);
        Assert.Equal(sent.Timestamp, read.Timestamp);
        Assert.Equal(Printable(sent.Headers), Printable(read.Headers));
    }

    [Fact]
    public async Task PrepareAsync_TopicThere_RecordsArePublishedAfterwards()
    {
        var topic = await CreateTopicAsync();

        await Publisher.PrepareAsync([topic], Cancellation);
        await Publisher.PublishAsync(topic, [Record("k", "v")], Cancellation);

        Assert.Single(await ReadAllAsync(topic));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("k")]
    public async Task PublishAsync_KeyNullOrEmpty_StaysDistinct(string? key)
    {
        var topic = await CreateTopicAsync(partitions: 3);

        await Publisher.PublishAsync(topic, [Record(key, "v")], Cancellation);

        var read = Assert.Single(await ReadAllAsync(topic));
        Assert.Equal(key is null ? null : Bytes(key), read.Key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task PublishAsync_TombstoneOrEmptyValue_StaysDistinct(string? value)
    {
        var topic = await CreateTopicAsync();

        await Publisher.PublishAsync(topic, [Record("k", value)], Cancellation);

        var read = Assert.Single(await ReadAllAsync(topic));
        Assert.Equal(value is null ? null : Bytes(value), read.Value);
    }

    [Fact]
    public async Task PublishAsync_HeadersRepeatedNullAndEmpty_KeepOrderAndValues()
    {
        var topic = await CreateTopicAsync();
        RecordHeader[] headers =
        [
            new("b", [1]), new("a", null), new("b", [2]), new("a", []), new("b", [1]),
        ];

        await Publisher.PublishAsync(topic, [new OutputRecord([1], [2]) { Headers = headers }], Cancellation);

        Assert.Equal(Printable(headers), Printable(Assert.Single(await ReadAllAsync(topic)).Headers));
    }

    [Fact]
    public async Task PublishAsync_NoHeadersNoIdentity_AddsNone()
    {
        var topic = await CreateTopicAsync();

        await Publisher.PublishAsync(topic, [Record("k", "v")], Cancellation);

        Assert.Empty(Assert.Single(await ReadAllAsync(topic)).Headers);
    }

    [Fact]
    public async Task PublishAsync_NoTimestamp_IsTimeOfPublishing()
    {
        var topic = await CreateTopicAsync();
        // A broker's clock, on another machine, may differ a little.
        var tolerance = TimeSpan.FromMinutes(1);
        var before = DateTimeOffset.UtcNow - tolerance;

        await Publisher.PublishAsync(topic, [Record("k", "v")], Cancellation);

        var timestamp = DateTimeOffset.FromUnixTimeMilliseconds(Assert.Single(await ReadAllAsync(topic)).Timestamp);
        Assert.InRange(timestamp, before, DateTimeOffset.UtcNow + tolerance);
    }

    [Fact]
    public async Task PublishAsync_TimestampLongAgo_IsKept()
    {
        var topic = await CreateTopicAsync();

        await Publisher.PublishAsync(topic, [new OutputRecord([1], [2]) { Timestamp = 1 }], Cancellation);

        Assert.Equal(1, Assert.Single(await ReadAllAsync(topic)).Timestamp);
    }

    [Fact]
    public async Task PublishAsync_Identity_IsWrittenAsHeader()
    {
        var topic = await CreateTopicAsync();
        var record = new OutputRecord([1], [2]) { Headers = [new RecordHeader("own", [3])], Identity = Bytes("1;shop;Parse:3;17.0") };

        await Publisher.PublishAsync(topic, [record], Cancellation);

        var headers = Assert.Single(await ReadAllAsync(topic)).Headers;
        var own = PlatformHeaders.Without(headers, out var identity);
        Assert.Equal(2, headers.Length);
        Assert.Equal("own", Assert.Single(own).Key);
        Assert.Equal(record.Identity, identity);
    }

    [Fact]
    public async Task PublishAsync_OwnHeaderNamedLikeIdentity_PlatformsIsTheLast()
    {
        var topic = await CreateTopicAsync();
        var record = new OutputRecord([1], [2])
        {
            Headers = [new RecordHeader(HeaderNames.Identity, Bytes("forged"))],
            Identity = Bytes("1;shop;Parse:3;17.0"),
        };

        await Publisher.PublishAsync(topic, [record], Cancellation);

        _ = PlatformHeaders.Without(Assert.Single(await ReadAllAsync(topic)).Headers, out var identity);
        Assert.Equal(record.Identity, identity);
    }

    // Hashes from Kafka's own tests (UtilsTest.testMurmur2), and librdkafka's for the empty key.
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    [InlineData("", 275646681)]
    public async Task PublishAsync_Key_LandsWhereJavaClientsPutIt(string key, int murmur2)
    {
        const int partitions = 11;
        var topic = await CreateTopicAsync(partitions);
        var record = Record(key, "v");

        await Publisher.PublishAsync(topic, [record], Cancellation);

        Assert.Equal((murmur2 & int.MaxValue) % partitions, record.Position!.Value.Partition);
        Assert.Equal(record.Position.Value.Partition, Assert.Single(await ReadAllAsync(topic)).Partition);
    }

    [Fact]
    public async Task PublishAsync_NullKeySameIdentity_SamePartitionWhateverTheRecordOrPublisher()
    {
        var topic = await CreateTopicAsync(partitions: 7);
        var first = IdentifiedRecords("first");
        var second = IdentifiedRecords("second");
        Array.Reverse(second);
        await using var other = await CreatePublisherAsync();

        await Publisher.PublishAsync(topic, first, Cancellation);
        await other.PublishAsync(topic, second, Cancellation);

        Array.Reverse(second);
        Assert.Equal(first.Select(r => r.Position!.Value.Partition), second.Select(r => r.Position!.Value.Partition));
        Assert.True(first.Select(r => r.Position!.Value.Partition).Distinct().Count() > 1);

        static OutputRecord[] IdentifiedRecords(string value) =>
            [.. Enumerable.Range(0, 50).Select(i => Identified($"1;shop;Parse:0;{i}.0", value))];
    }

    [Fact]
    public async Task PublishAsync_IdentityAndKey_KeyDecides()
    {
        var topic = await CreateTopicAsync(partitions: 7);
        OutputRecord[] records =
            [.. Enumerable.Range(0, 20).Select(i => new OutputRecord(Bytes("k"), [1]) { Identity = Bytes($"1;shop;Parse:0;{i}.0") })];

        await Publisher.PublishAsync(topic, records, Cancellation);

        Assert.Single(records.Select(r => r.Position!.Value.Partition).Distinct());
    }

    [Fact]
    public async Task PublishAsync_Acknowledged_PositionsAreWhereTheRecordsAre()
    {
        var topic = await CreateTopicAsync(partitions: 4);
        OutputRecord[] records = [.. Enumerable.Range(0, 200).Select(i => Record(i % 3 == 0 ? null : $"key{i % 17}", $"{i}"))];

        await Publisher.PublishAsync(topic, records, Cancellation);

        var read = (await ReadAllAsync(topic)).ToDictionary(r => new RecordPosition(r.Partition, r.Offset), r => Text(r.Value));
        Assert.Equal(records.Length, read.Count);
        Assert.All(records, record => Assert.Equal(Text(record.Value), read[record.Position!.Value]));
    }

    [Fact]
    public async Task PublishAsync_ConsecutiveCalls_KeepOrderAndOffsetsHaveNoGap()
    {
        var topic = await CreateTopicAsync();

        for (var call = 0; call < 20; call++)
        {
            await Publisher.PublishAsync(topic, Numbered($"{call}-", 5), Cancellation);
        }

        var read = await ReadAllAsync(topic);
        Assert.Equal(Enumerable.Range(0, 20).SelectMany(call => Enumerable.Range(0, 5).Select(i => $"{call}-{i}")), read.Select(r => Text(r.Value)));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), read.Select(r => r.Offset));
    }

    [Fact]
    public async Task PublishAsync_ConcurrentCallers_EachKeepsItsOrder()
    {
        const int callers = 8, calls = 25, size = 4;
        var topic = await CreateTopicAsync();

        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var call = 0; call < calls; call++)
            {
                OutputRecord[] records =
                    [.. Enumerable.Range(0, size).Select(i => Record(null, $"{caller}:{(call * size) + i}"))];
                await Publisher.PublishAsync(topic, records, Cancellation);
            }
        })));

        var byCaller = (await ReadAllAsync(topic)).Select(r => Text(r.Value).Split(':')).ToLookup(parts => parts[0], parts => int.Parse(parts[1], CultureInfo.InvariantCulture));
        Assert.Equal(callers, byCaller.Count);
        Assert.All(byCaller, values => Assert.Equal(Enumerable.Range(0, calls * size), values));
    }

    [Fact]
    public async Task PublishAsync_ManyRecordsOfOneCall_KeepOrderPerPartition()
    {
        var topic = await CreateTopicAsync(partitions: 3);
        OutputRecord[] records = [.. Enumerable.Range(0, 5_000).Select(i => Record($"key{i % 10}", $"{i}"))];

        await Publisher.PublishAsync(topic, records, Cancellation);

        var read = await ReadAllAsync(topic);
        Assert.Equal(records.Length, read.Count);
        Assert.All(read.GroupBy(r => r.Partition), partition =>
        {
            var values = partition.Select(r => int.Parse(Text(r.Value), CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(values.Order(), values);
        });
    }

    [Fact]
    public async Task PublishAsync_SameRecordAgain_IsASecondCopy()
    {
        var topic = await CreateTopicAsync();
        OutputRecord[] records = [Identified("1;shop;Parse:0;1.0", "v")];

        await Publisher.PublishAsync(topic, records, Cancellation);
        await Publisher.PublishAsync(topic, records, Cancellation);

        Assert.Equal(2, (await ReadAllAsync(topic)).Count);
    }

    [Fact]
    public async Task PublishAsync_UnknownTopic_ThrowsAndDoesNotCreateIt()
    {
        var topic = UniqueTopicName();

        var error = await Assert.ThrowsAsync<TopicNotFoundException>(() => Publisher.PublishAsync(topic, [Record("k", "v")], Cancellation));

        Assert.Equal(topic, error.Topic);
        Assert.Null(await Topics.FindAsync(topic, Cancellation));
    }

    [Fact]
    public async Task PublishAsync_TopicCreatedAfterItWasUnknown_Succeeds()
    {
        var topic = UniqueTopicName();
        await Assert.ThrowsAsync<TopicNotFoundException>(() => Publisher.PublishAsync(topic, [Record("k", "v")], Cancellation));
        await Topics.CreateAsync(new TopicSpecification(topic, 1), Cancellation);

        await Publisher.PublishAsync(topic, [Record("k", "v")], Cancellation);

        Assert.Single(await ReadAllAsync(topic));
    }

    [Fact]
    public async Task PublishAsync_RecordTooLarge_PublishesNothing()
    {
        const int limit = 10_000;
        var topic = await CreateTopicAsync(maxRecordBytes: limit);
        OutputRecord[] records = [Record("k", "small"), new OutputRecord(null, new byte[limit]), Record("k", "small")];

        var error = await Assert.ThrowsAsync<RecordTooLargeException>(() => Publisher.PublishAsync(topic, records, Cancellation));

        Assert.Equal((topic, RecordSize.Of(records[1]), limit), (error.Topic, error.Size, error.Limit));
        Assert.Empty(await ReadAllAsync(topic));
        Assert.All(records, record => Assert.Null(record.Position));
    }

    [Fact]
    public async Task PublishAsync_RecordOfExactlyTheLimit_IsAccepted()
    {
        const int limit = 10_000;
        var topic = await CreateTopicAsync(maxRecordBytes: limit);
        var overhead = (int)RecordSize.Of(new OutputRecord(null, []));
        var record = new OutputRecord(null, new byte[limit - overhead]);
        Assert.Equal(limit, RecordSize.Of(record));

        await Publisher.PublishAsync(topic, [record], Cancellation);

        Assert.Equal(record.Value!.Length, Assert.Single(await ReadAllAsync(topic)).Value!.Length);
    }

    [Fact]
    public async Task PublishAsync_NoRecords_DoesNothing()
    {
        var topic = await CreateTopicAsync();

        await Publisher.PublishAsync(topic, [], Cancellation);

        Assert.Empty(await ReadAllAsync(topic));
    }

    [Fact]
    public async Task PublishAsync_AlreadyCancelled_ThrowsAndLaterCallsWork()
    {
        var topic = await CreateTopicAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Publisher.PublishAsync(topic, [Record("k", "cancelled")], cancelled.Token));
        await Publisher.PublishAsync(topic, [Record("k", "later")], Cancellation);

        Assert.Equal("later", Text((await ReadAllAsync(topic))[^1].Value));
    }

    [Fact]
    public async Task GetMaxRecordBytesAsync_TopicWithLimit_IsThatLimit()
    {
        var topic = await CreateTopicAsync(maxRecordBytes: 12_345);

        Assert.Equal(12_345, await Publisher.GetMaxRecordBytesAsync(topic, Cancellation));
    }

    [Fact]
    public async Task GetMaxRecordBytesAsync_TopicWithoutLimit_RecordOfThatSizeIsAccepted()
    {
        var topic = await CreateTopicAsync();
        var limit = await Publisher.GetMaxRecordBytesAsync(topic, Cancellation);
        var overhead = (int)RecordSize.Of(new OutputRecord(null, []));

        await Publisher.PublishAsync(topic, [new OutputRecord(null, new byte[limit - overhead])], Cancellation);

        Assert.Single(await ReadAllAsync(topic));
    }

    [Fact]
    public async Task GetMaxRecordBytesAsync_UnknownTopic_Throws()
    {
        var topic = UniqueTopicName();

        var error = await Assert.ThrowsAsync<TopicNotFoundException>(async () => await Publisher.GetMaxRecordBytesAsync(topic, Cancellation));

        Assert.Equal(topic, error.Topic);
    }

    private static IEnumerable<string> Printable(RecordHeader[] headers) =>
        headers.Select(header => $"{header.Key}={(header.Value is null ? "null" : Convert.ToHexString(header.Value))}");
}
