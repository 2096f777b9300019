using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Kafka.Tests.Publishing;

/// <summary>What cannot be sent now waits.</summary>
public sealed class KafkaRecordPublisherWaitTests : IAsyncLifetime
{
    private readonly MockCluster _cluster = new();
    private readonly TestClients _clients = new();
    private KafkaRecordPublisher _publisher = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _publisher = _clients.Publisher(_cluster.BootstrapServers);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        _clients.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task PublishAsync_BrokerDown_WaitsSaysSoAndGoesOn()
    {
        var topic = _cluster.CreateTopic();
        await _publisher.PublishAsync(topic, Numbered("before", 1), Cancellation);
        _cluster.SetDown();

        var call = _publisher.PublishAsync(topic, Numbered("down", 3), Cancellation);
        var warning = await _clients.LoggedAsync(3001, Cancellation);
        Assert.False(call.IsCompleted);
        _cluster.SetUp();
        await call;
        await _clients.LoggedAsync(3003, Cancellation);

        Assert.Contains(_cluster.BootstrapServers, warning, StringComparison.Ordinal);
        Assert.Equal(["before0", "down0", "down1", "down2"], _cluster.Read(topic));
    }

    [Fact]
    public async Task PublishAsync_BrokerDownFromTheStart_WaitsAndGoesOn()
    {
        var topic = _cluster.CreateTopic();
        _cluster.SetDown();

        var call = _publisher.PublishAsync(topic, Numbered("v", 2), Cancellation);
        await _clients.LoggedAsync(3001, Cancellation);
        Assert.False(call.IsCompleted);
        _cluster.SetUp();
        await call;

        Assert.Equal(["v0", "v1"], _cluster.Read(topic));
    }

    [Fact]
    public async Task PublishAsync_CancelledWhileTheBrokerIsDown_StopsTheWait()
    {
        var topic = _cluster.CreateTopic();
        await _publisher.PublishAsync(topic, Numbered("before", 1), Cancellation);
        _cluster.SetDown();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = _publisher.PublishAsync(topic, Numbered("down", 1), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task PublishAsync_QueueIsSmall_WaitsAndLosesNothing()
    {
        var topic = _cluster.CreateTopic();
        await using var publisher = _clients.Publisher(_cluster.BootstrapServers, new KafkaPublisherOptions { MaxQueuedRecords = 50 });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => publisher.PublishAsync(topic, Numbered($"{caller}-", 500), Cancellation)));

        var read = _cluster.Read(topic).ToLookup(value => value[0], value => value);
        Assert.Equal(4, read.Count);
        Assert.All(read, values => Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{values.Key}-{i}"), values));
    }
}
