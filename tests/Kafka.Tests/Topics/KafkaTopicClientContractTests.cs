using Confluent.Kafka;
using KafkaFunctions.Contracts;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.Kafka.Tests.Topics;

public sealed class KafkaTopicClientContractTests(RealKafka kafka) : TopicClientContract
{
    private readonly TestClients _clients = new();

    public override async ValueTask InitializeAsync()
    {
        // The first test starts the broker, which is not to count against its time.
        await kafka.RequireServersAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _clients.Dispose();
    }

    protected override async ValueTask<IRecordPublisher> CreatePublisherAsync() =>
        _clients.Publisher(await kafka.RequireServersAsync());

    protected override async ValueTask<ITopicClient> CreateTopicClientAsync() =>
        _clients.Topics(await kafka.RequireServersAsync());

    protected override async Task CommitAsync(string consumerGroup, string topic, IReadOnlyDictionary<int, long> offsets)
    {
        var clients = _clients.Factory(await kafka.RequireServersAsync());
        using var consumer = clients.CreateConsumerBuilder(clients.CreateConsumerConfig(consumerGroup)).Build();
        consumer.Commit(offsets.Select(offset => new TopicPartitionOffset(topic, offset.Key, offset.Value)));
    }
}
