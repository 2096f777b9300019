using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Bench.Backends;

/// <summary>Topics on a real Kafka.</summary>
internal sealed class KafkaBackend : IBackend
{
    /// <summary>The shortest that a broker allows by default: the group of an instance that died goes on after so long.</summary>
    private const string SessionTimeoutMs = "6000";

    private readonly KafkaClientFactory _clients;

    public KafkaBackend(string bootstrapServers)
    {
        BootstrapServers = bootstrapServers;
        _clients = new KafkaClientFactory(new KafkaConnection(bootstrapServers), NullLoggerFactory.Instance);
        Topics = new KafkaTopicClient(_clients);

        // Nothing of the harness may wait for a batch to fill: latencies are measured through this publisher.
        var options = new KafkaPublisherOptions { Linger = TimeSpan.Zero };
        Publisher = new KafkaRecordPublisher(_clients, options, NullLogger<KafkaRecordPublisher>.Instance);
        AppSettings = new Dictionary<string, string?>
        {
            ["BrokerList"] = bootstrapServers,
            ["AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs"] = SessionTimeoutMs,
        };
    }

    public string BootstrapServers { get; }

    public IReadOnlyDictionary<string, string?> AppSettings { get; }

    public ITopicClient Topics { get; }

    public IRecordPublisher Publisher { get; }

    public async ValueTask DisposeAsync()
    {
        await Publisher.DisposeAsync();
        await Topics.DisposeAsync();
        _clients.Dispose();
    }
}
