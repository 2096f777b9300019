using KafkaFunctions.Embedded;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Pipelines;

/// <summary>The app on the embedded log; the tests use the same files.</summary>
public sealed class EmbeddedPipeline : Pipeline
{
    private EmbeddedLog? _log;
    private EmbeddedTopicClient? _topics;
    private EmbeddedRecordPublisher? _publisher;

    public override ITopicClient Topics => _topics!;

    public override IRecordPublisher Publisher => _publisher!;

    protected override Task OpenAsync(RealKafka kafka)
    {
        _log = EmbeddedLog.Open(Folder.Data);
        _topics = new EmbeddedTopicClient(_log);
        _publisher = new EmbeddedRecordPublisher(_log);
        return Task.CompletedTask;
    }

    protected override ValueTask CloseAsync()
    {
        _log?.Dispose();
        return ValueTask.CompletedTask;
    }
}
