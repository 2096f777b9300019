using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>The app on a real Kafka.</summary>
public sealed class KafkaPipeline : Pipeline
{
    private KafkaClientFactory? _clients;
    private KafkaTopicClient? _topics;
    private KafkaRecordPublisher? _publisher;

    public override ITopicClient Topics => _topics!;

    public override IRecordPublisher Publisher => _publisher!;

    protected override async Task OpenAsync(RealKafka kafka)
    {
        var servers = await kafka.RequireServersAsync();
        Settings["BrokerList"] = servers;
        _clients = new KafkaClientFactory(new KafkaConnection(servers), NullLoggerFactory.Instance);
        _topics = new KafkaTopicClient(_clients);
        _publisher = new KafkaRecordPublisher(_clients, new KafkaPublisherOptions(), NullLogger<KafkaRecordPublisher>.Instance);
    }

    protected override async ValueTask CloseAsync()
    {
        if (_clients is not null)
        {
            await _publisher!.DisposeAsync();
            await _topics!.DisposeAsync();
            _clients.Dispose();
        }
    }
}
