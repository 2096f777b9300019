using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace KafkaFunctions.Kafka.Tests;

/// <summary>The clients of one test, and what they logged.</summary>
internal sealed class TestClients : IDisposable
{
    private readonly Dictionary<KafkaConnection, KafkaClientFactory> _factories = [];
    private readonly FakeLogCollector _logs = new();

    public IReadOnlyList<FakeLogRecord> Logs => _logs.GetSnapshot();

    /// <summary>Waits for a line with an event id and gives its text.</summary>
    public async Task<string> LoggedAsync(int eventId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Logs.FirstOrDefault(record => record.Id.Id == eventId) is { } line)
            {
                return line.Message;
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    public KafkaClientFactory Factory(string servers) => Factory(new KafkaConnection(servers));

    public KafkaClientFactory Factory(KafkaConnection connection)
    {
        if (!_factories.TryGetValue(connection, out var factory))
        {
            _factories[connection] = factory = new KafkaClientFactory(connection, new Loggers(_logs));
        }

        return factory;
    }

    public KafkaRecordPublisher Publisher(string servers, KafkaPublisherOptions? options = null) =>
        Publisher(new KafkaConnection(servers), options);

    public KafkaRecordPublisher Publisher(KafkaConnection connection, KafkaPublisherOptions? options = null) =>
        new(Factory(connection), options ?? new KafkaPublisherOptions(), new FakeLogger<KafkaRecordPublisher>(_logs));

    public KafkaTopicClient Topics(string servers, TimeSpan? timeout = null) => Topics(new KafkaConnection(servers), timeout);

    public KafkaTopicClient Topics(KafkaConnection connection, TimeSpan? timeout = null) =>
        new(Factory(connection), timeout is null ? null : new KafkaTopicClientOptions { Timeout = timeout.Value });

    public void Dispose()
    {
        foreach (var factory in _factories.Values)
        {
            factory.Dispose();
        }
    }

    private sealed class Loggers(FakeLogCollector logs) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => new FakeLogger(logs, categoryName);

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
