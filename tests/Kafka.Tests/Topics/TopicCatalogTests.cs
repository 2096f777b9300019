using Confluent.Kafka.Admin;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TopicSpecification = KafkaFunctions.Streams.Brokers.TopicSpecification;

namespace KafkaFunctions.Kafka.Tests.Topics;

public sealed class TopicCatalogTests(RealKafka kafka) : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private KafkaClientFactory _clients = null!;
    private TopicCatalog _catalog = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _clients = new KafkaClientFactory(new KafkaConnection(await kafka.RequireServersAsync()), NullLoggerFactory.Instance, _time);
        _catalog = new TopicCatalog(_clients);
    }

    public ValueTask DisposeAsync()
    {
        _catalog?.Dispose();
        _clients?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task GetAsync_WithinAMinute_DoesNotAskAgain()
    {
        var topic = await CreateTopicAsync();
        var first = await _catalog.GetAsync(topic, Cancellation);

        _time.Advance(TimeSpan.FromSeconds(59));

        Assert.Same(first, await _catalog.GetAsync(topic, Cancellation));
    }

    [Fact]
    public async Task GetAsync_AfterAMinute_GivesWhatIsKnownAndAsksInTheBackground()
    {
        var topic = await CreateTopicAsync();
        var first = await _catalog.GetAsync(topic, Cancellation);
        await _clients.Admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = topic, IncreaseTo = 5 }]);

        _time.Advance(TimeSpan.FromSeconds(61));
        var second = _catalog.GetAsync(topic, Cancellation);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Same(first, await second);

        while ((await _catalog.GetAsync(topic, Cancellation)).Partitions != 5)
        {
            await Task.Delay(10, Cancellation);
        }
    }

    [Fact]
    public async Task GetAsync_TopicGoneMeanwhile_SaysSoAfterTheNextQuestion()
    {
        var topic = await CreateTopicAsync();
        await _catalog.GetAsync(topic, Cancellation);
        await _clients.Admin.DeleteTopicsAsync([topic]);

        _time.Advance(TimeSpan.FromSeconds(61));

        await Assert.ThrowsAsync<TopicNotFoundException>(async () =>
        {
            while (true)
            {
                await _catalog.GetAsync(topic, Cancellation);
                await Task.Delay(10, Cancellation);
            }
        });
    }

    private async Task<string> CreateTopicAsync()
    {
        var topic = $"catalog-{Guid.NewGuid():N}";
        Assert.True(await new KafkaTopicClient(_clients).CreateAsync(new TopicSpecification(topic, 2), Cancellation));
        return topic;
    }
}
