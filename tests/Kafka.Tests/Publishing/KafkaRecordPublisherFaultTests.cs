using Confluent.Kafka;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Kafka.Tests.Publishing;

/// <summary>Single requests fail in the middle of many.</summary>
public sealed class KafkaRecordPublisherFaultTests : IAsyncLifetime
{
    // Each record fills a tenth of a batch: 60 make at least six produce requests. They compress well, as they must: the mock
    // cluster keeps no more than 5 MiB of a partition.
    private const int Records = 60;
    private const int RecordBytes = 100_000;

    private readonly MockCluster _cluster = new();
    private readonly TestClients _clients = new();
    private KafkaRecordPublisher _publisher = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _publisher = _clients.Publisher(_cluster.BootstrapServers, new KafkaPublisherOptions { MaxInFlight = 1 });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        _clients.Dispose();
        _cluster.Dispose();
    }

    [Theory]
    [InlineData(ErrorCode.NotEnoughReplicas)]
    [InlineData(ErrorCode.NotLeaderForPartition)]
    [InlineData(ErrorCode.LeaderNotAvailable)]
    [InlineData(ErrorCode.RequestTimedOut)]
    [InlineData(ErrorCode.KafkaStorageError)]
    public async Task PublishAsync_RequestFailsForAMoment_ArrivesOnceAndInOrder(ErrorCode code)
    {
        var topic = _cluster.CreateTopic();
        _cluster.AnswerProduceRequests(ErrorCode.NoError, code, code, ErrorCode.NoError, code);

        await _publisher.PublishAsync(topic, Large(0), Cancellation);

        Assert.Equal(Numbers(0), _cluster.Read(topic));
    }

    [Theory]
    [InlineData(ErrorCode.TopicAuthorizationFailed)]
    [InlineData(ErrorCode.MsgSizeTooLarge)]
    [InlineData(ErrorCode.InvalidRecord)]
    [InlineData(ErrorCode.InvalidTimestamp)]
    [InlineData(ErrorCode.PolicyViolation)]
    [InlineData(ErrorCode.Unknown)]
    public async Task PublishAsync_RequestIsRefused_NothingAfterItAndTheNextCallSucceeds(ErrorCode code)
    {
        var topic = _cluster.CreateTopic();
        _cluster.AnswerProduceRequests(ErrorCode.NoError, ErrorCode.NoError, code);
        var records = Large(0);

        var error = await Assert.ThrowsAsync<PublishException>(() => _publisher.PublishAsync(topic, records, Cancellation));
        var visible = _cluster.Read(topic);
        await _publisher.PublishAsync(topic, records, Cancellation);

        Assert.Equal(topic, error.Topic);
        Assert.Equal(code, Assert.IsType<KafkaException>(error.InnerException).Error.Code);
        Assert.InRange(visible.Count, 1, Records - 1);
        Assert.Equal(Numbers(0).Take(visible.Count), visible);
        Assert.Equal([.. visible, .. Numbers(0)], _cluster.Read(topic));
    }

    [Fact]
    public async Task PublishAsync_RequestIsRefused_EveryCallInFlightFailsAndCanBeRepeated()
    {
        var topic = _cluster.CreateTopic();
        _cluster.AnswerProduceRequests(ErrorCode.NoError, ErrorCode.NoError, ErrorCode.Unknown);
        OutputRecord[][] batches = [Large(0), Large(1), Large(2)];

        var calls = batches.Select(batch => _publisher.PublishAsync(topic, batch, Cancellation)).ToArray();
        var errors = await Task.WhenAll(calls.Select(async call => await Xunit.Record.ExceptionAsync(() => call)));
        foreach (var batch in batches)
        {
            await _publisher.PublishAsync(topic, batch, Cancellation);
        }

        // Copies are recognised by their content here; what counts is that no first occurrence comes after a later record's.
        Assert.All(errors, error => Assert.IsType<PublishException>(error));
        var seen = _cluster.Read(topic).Distinct().ToLookup(value => value[0]);
        Assert.Equal([.. Numbers(0), .. Numbers(1), .. Numbers(2)], [.. seen['0'], .. seen['1'], .. seen['2']]);
    }

    [Fact]
    public async Task PublishAsync_OneTopicIsRefused_OtherTopicsGoOnWithoutFurtherFailures()
    {
        var refused = _cluster.CreateTopic();
        var good = _cluster.CreateTopic();
        _cluster.AnswerProduceRequests(ErrorCode.TopicAuthorizationFailed);
        await Assert.ThrowsAsync<PublishException>(() => _publisher.PublishAsync(refused, [Record("k", "v")], Cancellation));

        for (var round = 0; round < 3; round++)
        {
            _cluster.AnswerProduceRequests(ErrorCode.TopicAuthorizationFailed);
            await Assert.ThrowsAsync<PublishException>(() => _publisher.PublishAsync(refused, [Record("k", "v")], Cancellation));
            await _publisher.PublishAsync(good, [Record("k", $"{round}")], Cancellation);
        }

        Assert.Equal(["0", "1", "2"], _cluster.Read(good));
        Assert.Empty(_cluster.Read(refused));
    }

    [Fact]
    public async Task PublishAsync_AcknowledgedBeforeTheFailure_KeepsPositions()
    {
        var topic = _cluster.CreateTopic();
        await _publisher.PublishAsync(topic, Numbered("before", 3), Cancellation);
        _cluster.AnswerProduceRequests(ErrorCode.Unknown);
        await Assert.ThrowsAsync<PublishException>(() => _publisher.PublishAsync(topic, Numbered("failed", 3), Cancellation));
        var after = Numbered("after", 3);

        await _publisher.PublishAsync(topic, after, Cancellation);

        Assert.Equal([3L, 4L, 5L], after.Select(record => record.Position!.Value.Offset));
    }

    private static OutputRecord[] Large(int batch) =>
        [.. Numbers(batch).Select(number => new OutputRecord(null, Bytes(number.PadRight(RecordBytes))))];

    private static IEnumerable<string> Numbers(int batch) => Enumerable.Range(0, Records).Select(i => $"{batch}:{i}");
}
