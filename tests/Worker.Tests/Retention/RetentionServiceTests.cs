using KafkaFunctions.Embedded;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.Worker.Tests.Retention;

public sealed class RetentionServiceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Start_EmbeddedLog_DropsOldRecordsEveryFiveMinutes()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("retention-");
        using (var log = EmbeddedLog.Open(folder.FullName, timeProvider: _time))
        {
            await log.CreateTopicAsync(new TopicSpecification("t", 1) { Retention = TimeSpan.FromMinutes(8) }, cancellation);
            await log.AppendAsync("t", [new OutputRecord(null, [1])], cancellation);
            await using var services = new ServiceCollection().AddSingleton(log).BuildServiceProvider();
            using var service = Service(services, "embedded");

            await service.StartAsync(cancellation);
            _time.Advance(RetentionService.Interval);
            await log.AppendAsync("t", [new OutputRecord(null, [2])], cancellation);
            Assert.Equal(0, log.GetOffsets("t")[0].Start);
            while (log.GetOffsets("t")[0].Start == 0)
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                await Task.Delay(1, cancellation);
            }

            await service.StopAsync(cancellation);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_Broker_DoesNothing()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        using var service = Service(services, "b:9092");

        await service.StartAsync(TestContext.Current.CancellationToken);

        Assert.Null(service.ExecuteTask);
    }

    private RetentionService Service(ServiceProvider services, string broker) => new(
        services,
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("BrokerList", (string?)broker)]).Build(),
        _time,
        new FakeLogger<RetentionService>());
}
