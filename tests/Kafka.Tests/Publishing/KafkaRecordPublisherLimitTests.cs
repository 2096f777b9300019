using Confluent.Kafka.Admin;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.TestSupport;
using static KafkaFunctions.Contracts.TestRecords;
using TopicSpecification = KafkaFunctions.Streams.Brokers.TopicSpecification;

namespace KafkaFunctions.Kafka.Tests.Publishing;

/// <summary>Limits and rules of topics, on a real Kafka.</summary>
public sealed class KafkaRecordPublisherLimitTests(RealKafka kafka) : IAsyncLifetime
{
    private readonly TestClients _clients = new();
    private string _servers = null!;
    private KafkaRecordPublisher _publisher = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _servers = await kafka.RequireServersAsync();
        _publisher = _clients.Publisher(_servers);
    }

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not null)
        {
            await _publisher.DisposeAsync();
        }

        _clients.Dispose();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public async Task PublishAsync_SmallAndLargestRecordsOfATopic_BatchesNeverBreakItsLimit(int limit)
    {
        var topic = await CreateTopicAsync(limit);
        var random = new Random(17);
        OutputRecord[] records =
        [
            .. Enumerable.Range(0, 400).Select(i => Incompressible(random, i % 50 == 0 ? limit - Overhead : random.Next(1, Math.Min(limit - Overhead, 2_000)))),
        ];

        await _publisher.PublishAsync(topic, records, Cancellation);

        Assert.Equal(records.Select(r => r.Value), (await ReadAsync(topic)).Select(r => r.Value));
    }

    [Fact]
    public async Task PublishAsync_LimitLoweredMeanwhile_FailsOnceThenKeepsToTheNewLimit()
    {
        var topic = await CreateTopicAsync(1_000_000);
        await _publisher.PublishAsync(topic, [Numbered(0, 100)], Cancellation);
        await AlterAsync(topic, "max.message.bytes", "5000");
        OutputRecord[] records = [.. Enumerable.Range(1, 300).Select(i => Numbered(i, 1_000))];

        await Assert.ThrowsAsync<PublishException>(() => _publisher.PublishAsync(topic, records, Cancellation));
        await _publisher.PublishAsync(topic, records, Cancellation);
        var error = await Assert.ThrowsAsync<RecordTooLargeException>(() => _publisher.PublishAsync(topic, [Numbered(301, 6_000)], Cancellation));

        var seen = (await ReadAsync(topic)).Select(r => Text(r.Key)).Distinct();
        Assert.Equal(Enumerable.Range(0, 301).Select(i => $"{i}"), seen);
        Assert.Equal(5_000, error.Limit);
    }

    [Fact]
    public async Task PublishAsync_LimitLoweredUnderLoad_NoFirstOccurrenceIsLate()
    {
        const int calls = 60, size = 50;
        var topic = await CreateTopicAsync(1_000_000);
        var failures = 0;

        for (var call = 0; call < calls; call++)
        {
            OutputRecord[] records = [.. Enumerable.Range(call * size, size).Select(i => Numbered(i, 50 + (i % 3 * 700)))];
            if (call % 20 == 10)
            {
                await AlterAsync(topic, "max.message.bytes", $"{20_000 - (call * 300)}");
            }

            while (await Xunit.Record.ExceptionAsync(() => _publisher.PublishAsync(topic, records, Cancellation)) is { } error)
            {
                Assert.IsType<PublishException>(error);
                failures++;
            }
        }

        var seen = (await ReadAsync(topic)).Select(r => Text(r.Key)).Distinct();
        Assert.Equal(Enumerable.Range(0, calls * size).Select(i => $"{i}"), seen);
        Assert.InRange(failures, 1, 3);
    }

    [Fact]
    public async Task PublishAsync_CompactedTopicAndNoKey_RefusesBeforeAnythingIsSent()
    {
        var topic = await CreateTopicAsync(null);
        await AlterAsync(topic, "cleanup.policy", "compact");

        var error = await Assert.ThrowsAsync<RecordRefusedException>(
            () => _publisher.PublishAsync(topic, [Record("k", "v"), Record(null, "v")], Cancellation));

        Assert.Equal((topic, 1), (error.Topic, error.Index));
        Assert.Empty(await ReadAsync(topic));
    }

    [Fact]
    public async Task PublishAsync_TimestampThatTheTopicDoesNotTake_RefusesBeforeAnythingIsSent()
    {
        var topic = await CreateTopicAsync(null);
        await AlterAsync(topic, "message.timestamp.after.max.ms", "3600000");
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds();

        var error = await Assert.ThrowsAsync<RecordRefusedException>(
            () => _publisher.PublishAsync(topic, [new OutputRecord([1], [2]) { Timestamp = tomorrow }], Cancellation));

        Assert.Equal((topic, 0), (error.Topic, error.Index));
        Assert.Empty(await ReadAsync(topic));
    }

    [Fact]
    public async Task PublishAsync_TopicDeletedAndCreatedAgain_WaitsForIt()
    {
        var topic = await CreateTopicAsync(null);
        await _publisher.PublishAsync(topic, [Record("k", "old")], Cancellation);
        await _clients.Factory(_servers).Admin.DeleteTopicsAsync([topic]);

        var call = _publisher.PublishAsync(topic, [Record("k", "new")], Cancellation);
        while (!await _clients.Topics(_servers).CreateAsync(new TopicSpecification(topic, 1), Cancellation))
        {
            await Task.Delay(20, Cancellation);
        }

        await call;
        Assert.Equal("new", Text(Assert.Single(await ReadFirstAsync(topic)).Value));
    }

    private static int Overhead => (int)RecordSize.Of(new OutputRecord(null, []));

    private static OutputRecord Incompressible(Random random, int bytes)
    {
        var value = new byte[bytes];
        random.NextBytes(value);
        return new OutputRecord(null, value);
    }

    private static OutputRecord Numbered(int number, int bytes)
    {
        var record = Incompressible(new Random(number), bytes);
        return new OutputRecord(Bytes($"{number}"), record.Value);
    }

    private async Task<string> CreateTopicAsync(int? limit)
    {
        var topic = $"limits-{Guid.NewGuid():N}";
        var specification = new TopicSpecification(topic, 1) { MaxRecordBytes = limit };
        Assert.True(await _clients.Topics(_servers).CreateAsync(specification, Cancellation));
        return topic;
    }

    private async Task AlterAsync(string topic, string name, string value) => await _clients.Factory(_servers).Admin.IncrementalAlterConfigsAsync(new()
    {
        [new ConfigResource { Type = ResourceType.Topic, Name = topic }] = [new ConfigEntry { Name = name, Value = value, IncrementalOperation = AlterConfigOpType.Set }],
    });

    /// <remarks>The broker may not answer for a topic that it has just made again, or with what it knew of the old one.</remarks>
    private async Task<List<InputRecord>> ReadFirstAsync(string topic)
    {
        while (true)
        {
            try
            {
                if (await ReadAsync(topic) is [_, ..] records)
                {
                    return records;
                }
            }
            catch (Exception notYet) when (notYet is TopicNotFoundException or BrokerUnavailableException)
            {
            }

            await Task.Delay(20, Cancellation);
        }
    }

    private async Task<List<InputRecord>> ReadAsync(string topic)
    {
        var records = new List<InputRecord>();
        await foreach (var record in _clients.Topics(_servers).ReadAsync(new ReadRequest(topic) { FromBeginning = true, Follow = false }, Cancellation))
        {
            records.Add(record);
        }

        return records;
    }
}
