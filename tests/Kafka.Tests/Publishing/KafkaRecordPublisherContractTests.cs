using KafkaFunctions.Contracts;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.Kafka.Tests.Publishing;

public sealed class KafkaRecordPublisherContractTests(RealKafka kafka) : RecordPublisherContract
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
}
