using KafkaFunctions.Embedded;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Backends;

/// <summary>Topics in the embedded event log, opened by the harness beside the app.</summary>
internal sealed class EmbeddedBackend : IBackend
{
    // Short, so that what the harness reads of the app's records is not late by its own polling.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(1);

    private readonly EmbeddedLog _log;

    public EmbeddedBackend(string dataDirectory)
    {
        _log = EmbeddedLog.Open(dataDirectory, new EmbeddedLogOptions { PollInterval = PollInterval });
        Topics = new EmbeddedTopicClient(_log);
        Publisher = new EmbeddedRecordPublisher(_log);
        AppSettings = new Dictionary<string, string?> { ["BrokerList"] = "embedded", ["DataDirectory"] = dataDirectory };
    }

    public IReadOnlyDictionary<string, string?> AppSettings { get; }

    public ITopicClient Topics { get; }

    public IRecordPublisher Publisher { get; }

    public async ValueTask DisposeAsync()
    {
        await Publisher.DisposeAsync();
        await Topics.DisposeAsync();
        _log.Dispose();
    }
}
