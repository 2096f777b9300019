using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Provisioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Worker.Tests.Provisioning;

public sealed class TopicProvisionerTests : IAsyncDisposable
{
    private static readonly string[] All = ["lines", "lines.dlq", "long", "loud", "loud.dlq", "short", "words", "words.dlq"];

    private readonly FakeTopics _topics = new();
    private readonly FakePublisher _publisher = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<TopicProvisioner> _logger = new();

    [Fact]
    public async Task Start_EmbeddedLog_CreatesAllBeforeItReturns()
    {
        using var provisioner = Provisioner("embedded", new TopicOptions { Partitions = 7 });

        await provisioner.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(All, _topics.Existing.Keys.Order(StringComparer.Ordinal));
        Assert.All(_topics.Existing.Values, topic => Assert.Equal((7, Timeout.InfiniteTimeSpan), (topic.Partitions, topic.Retention)));
        Assert.Equal(8, Lines(5101).Length);
    }

    [Fact]
    public async Task Start_Kafka_CreatesDeadLetterTopicsOfTheSourcesThatAreThere()
    {
        _topics.Existing["lines"] = new TopicSpecification("lines", 6);
        _publisher.Limit("lines", 5_000_000);
        using var provisioner = Provisioner("b:9092");

        await provisioner.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => Lines(5102).Length == 6);

        Assert.Equal(["lines", "lines.dlq"], _topics.Existing.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(6, _topics.Existing["lines.dlq"].Partitions);
        Assert.Equal(5_000_000 + (64 * 1024), _topics.Existing["lines.dlq"].MaxRecordBytes);
        Assert.Contains("Topic 'long' (output of Sort) does not exist; waiting for it. Create it (topics create long --partitions 4) or set Kafka__CreateTopics=All.", Lines(5102));
        await provisioner.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("b:9092")]
    public async Task Start_None_CreatesNothingAndSaysWhatIsMissing(string broker)
    {
        using var provisioner = Provisioner(broker, new TopicOptions { CreateTopics = TopicCreation.None });

        await provisioner.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => Lines(5102).Length == 8);

        Assert.Empty(_topics.Existing);
        await provisioner.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Start_BrokerIsAway_WaitsAndSaysSoOnce()
    {
        _topics.Outage = new BrokerUnavailableException("nobody at b:9092");
        using var provisioner = Provisioner("b:9092", new TopicOptions { CreateTopics = TopicCreation.All });

        await provisioner.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => Lines(5103).Length == 1);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(Lines(5103));
        _topics.Outage = null;
        await UntilAsync(
            () => _topics.Existing.Count == All.Length,
            () => _time.Advance(TimeSpan.FromSeconds(2)));

        await provisioner.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Start_OneTopicMayNotBeCreated_SaysSoAndCreatesTheOthers()
    {
        _topics.Refusal = topic => topic == "words" ? new KafkaAccessException(topic, "Create") : null;
        using var provisioner = Provisioner("b:9092", new TopicOptions { CreateTopics = TopicCreation.All });

        await provisioner.StartAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => _topics.Existing.Count == All.Length - 1);

        Assert.Contains("Topic 'words'", Assert.Single(Lines(5104)), StringComparison.Ordinal);
        Assert.False(provisioner.ExecuteTask!.IsFaulted);
        await provisioner.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _topics.DisposeAsync();
        await _publisher.DisposeAsync();
    }

    private static async Task UntilAsync(Func<bool> condition, Action? meanwhile = null)
    {
        while (!condition())
        {
            meanwhile?.Invoke();
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private string[] Lines(int eventId) =>
        [.. _logger.Collector.GetSnapshot().Where(line => line.Id.Id == eventId).Select(line => line.Message)];

    private TopicProvisioner Provisioner(string broker, TopicOptions? options = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("BrokerList", (string?)broker)]).Build();
        return new TopicProvisioner(
            FunctionCatalog.Read([typeof(WordFunctions)], configuration), _topics, _publisher, configuration, Options.Create(options ?? new TopicOptions()), _time, _logger);
    }
}
