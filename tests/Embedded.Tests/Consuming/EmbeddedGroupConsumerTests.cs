using KafkaFunctions.Contracts;
using KafkaFunctions.Embedded.Consuming;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Embedded.Tests.Consuming;

public sealed class EmbeddedGroupConsumerTests : GroupConsumerContract
{
    private readonly TemporaryDirectory _directory = new();
    private readonly EmbeddedLog _log;

    public EmbeddedGroupConsumerTests() => _log = EmbeddedLog.Open(_directory.FullName);

    [Fact]
    public async Task IsReady_FileIsGone_IsFalseUntilItIsPutBack()
    {
        await _log.CreateTopicAsync(new TopicSpecification("watched", 1), TestContext.Current.CancellationToken);
        var consumer = Create(new GroupConsumerOptions("group", "watched"), (_, _, _, _) => Task.CompletedTask);
        consumer.Start();
        while (!consumer.IsReady)
        {
            await Task.Yield();
        }

        var file = Path.Combine(_directory.FullName, "events.db");
        File.Move(file, file + ".moved");
        Assert.False(consumer.IsReady);

        File.Move(file + ".moved", file);
        Assert.True(consumer.IsReady);
        await consumer.StopAsync(TestContext.Current.CancellationToken);
        await consumer.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _log.Dispose();
        _directory.Dispose();
    }

    protected override ValueTask<IRecordPublisher> CreatePublisherAsync() => new(new EmbeddedRecordPublisher(_log));

    protected override ValueTask<ITopicClient> CreateTopicClientAsync() => new(new EmbeddedTopicClient(_log));

    protected override IConsumerGroupClient CreateGroups() => new EmbeddedConsumerGroups(_log);

    protected override IGroupConsumer Create(GroupConsumerOptions options, ProcessBatch<InputRecord> process) =>
        new EmbeddedGroupConsumer<InputRecord>(_log, options, record => record, process, NullLogger.Instance);
}
