using KafkaFunctions.Contracts;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded.Tests.Brokers;

public sealed class EmbeddedRecordPublisherTests : RecordPublisherContract
{
    private readonly TemporaryDirectory _directory = new();
    private EmbeddedLog? _log;

    private EmbeddedLog Log => _log ??= EmbeddedLog.Open(_directory.FullName);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Log.Dispose();
        _directory.Dispose();
    }

    protected override ValueTask<IRecordPublisher> CreatePublisherAsync() => new(new EmbeddedRecordPublisher(Log));

    protected override ValueTask<ITopicClient> CreateTopicClientAsync() => new(new EmbeddedTopicClient(Log));
}
