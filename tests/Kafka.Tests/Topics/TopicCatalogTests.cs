using Confluent.Kafka.Admin;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TopicSpecification = KafkaFunctions.Streams.Brokers.TopicSpecification;

namespace KafkaFunctions.Kafka.Tests.Topics;

public sealed class TopicCatalogTests(RealKafka kafka) : IAsyncLifetime
{
    private static readonly TimeSpan AfterAMinute = TimeSpan.FromSeconds(61);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly TestClients _others = new();
    private KafkaClientFactory _clients = null!;
    private TopicCatalog _catalog = null!;
    private string _servers = null!;
    private int _polls;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _servers = await kafka.RequireServersAsync();
        _clients = new KafkaClientFactory(new KafkaConnection(_servers), NullLoggerFactory.Instance, _time);
        _catalog = new TopicCatalog(_clients);
    }

    public ValueTask DisposeAsync()
    {
        _catalog?.Dispose();
        _clients?.Dispose();
        _others.Dispose();
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

        _time.Advance(AfterAMinute);
        var second = _catalog.GetAsync(topic, Cancellation);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Same(first, await second);

        while ((await _catalog.GetAsync(topic, Cancellation)).Partitions != 5)
        {
            await BetweenQuestionsAsync();
        }
    }

    [Fact]
    public async Task GetAsync_TopicGoneMeanwhile_SaysSoAfterTheNextQuestion()
    {
        var topic = await CreateTopicAsync();
        await _catalog.GetAsync(topic, Cancellation);
        await _clients.Admin.DeleteTopicsAsync([topic]);

        _time.Advance(AfterAMinute);

        await Assert.ThrowsAsync<TopicNotFoundException>(async () =>
        {
            while (true)
            {
                await _catalog.GetAsync(topic, Cancellation);
                await BetweenQuestionsAsync();
            }
        });
    }

    /// <summary>Just after a change the broker may still answer with what was, and the next question is due a minute later. The clock is
    /// also that of the question's time-out: it must not go on before there can be an answer.</summary>
    private async Task BetweenQuestionsAsync()
    {
        await Task.Delay(10, Cancellation);
        if (++_polls % 200 == 0)
        {
            _time.Advance(AfterAMinute);
        }
    }

    /// <summary>With another clock: who creates a topic waits until it can be seen.</summary>
    private async Task<string> CreateTopicAsync()
    {
        var topic = $"catalog-{Guid.NewGuid():N}";
        Assert.True(await _others.Topics(_servers).CreateAsync(new TopicSpecification(topic, 2), Cancellation));
        return topic;
    }
}
