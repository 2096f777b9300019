using Confluent.Kafka;
using KafkaFunctions.Contracts;
using KafkaFunctions.Kafka.Consuming;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging.Testing;

namespace KafkaFunctions.Kafka.Tests.Consuming;

public sealed class KafkaGroupConsumerFaultTests : IDisposable
{
    private const int LetGo = 3102;

    private readonly MockCluster _cluster = new();
    private readonly TestClients _clients = new();
    private readonly FakeLogger _logger = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _clients.Dispose();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Heartbeat_GroupDoesNotKnowTheMember_LosesThePartitionCancelsTheBatchAndCommitsNothing()
    {
        var topic = _cluster.CreateTopic();
        await _clients.Publisher(_cluster.BootstrapServers).PublishAsync(topic, TestRecords.Numbered("v", 10), Cancellation);
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var again = new TaskCompletionSource<InputRecord[]>();
        var options = new GroupConsumerOptions("group", topic)
        {
            ClientProperties = new Dictionary<string, string> { ["heartbeat.interval.ms"] = "100", ["session.timeout.ms"] = "6000" },
        };
        await using var consumer = new KafkaGroupConsumer<InputRecord>(
            _clients.Factory(_cluster.BootstrapServers),
            options,
            record => record,
            async (_, records, _, token) =>
            {
                if (cancelled.Task.IsCompleted)
                {
                    again.TrySetResult(records);
                    return;
                }

                started.TrySetResult();
                await using var registration = token.Register(() => cancelled.TrySetResult());
                await Task.Delay(Timeout.Infinite, token);
            },
            _logger);

        consumer.Start();
        await started.Task.WaitAsync(Cancellation);
        _cluster.AnswerHeartbeat(ErrorCode.UnknownMemberId);
        await cancelled.Task.WaitAsync(Cancellation);

        Assert.Equal(0, (await again.Task.WaitAsync(Cancellation))[0].Offset);
        await consumer.StopAsync(Cancellation);
        Assert.Contains(_logger.Collector.GetSnapshot(), line => line.Id.Id == LetGo && line.Message.EndsWith("lost.", StringComparison.Ordinal));
    }
}
