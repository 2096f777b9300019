using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.TestSupport;
using static KafkaFunctions.Contracts.TestRecords;

namespace KafkaFunctions.Kafka.Tests.Outage;

/// <summary>A real broker is killed and comes back.</summary>
public sealed class BrokerOutageTests : IAsyncLifetime
{
    private readonly TestClients _clients = new();
    private KafkaBroker _broker = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await KafkaBroker.StartNewAsync(RealKafka.RequireHome());

    public async ValueTask DisposeAsync()
    {
        _clients.Dispose();
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }

    [Fact]
    public async Task PublishAsync_BrokerKilledUnderLoad_WaitsAndKeepsOrderWithoutGap()
    {
        const int size = 200;
        var topics = _clients.Topics(_broker.BootstrapServers);
        await topics.CreateAsync(new TopicSpecification("outage", 1), Cancellation);
        await using var publisher = _clients.Publisher(_broker.BootstrapServers);
        using var enough = new CancellationTokenSource();
        var calls = 0;
        var load = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                OutputRecord[] records = [.. Enumerable.Range(calls * size, size).Select(i => Record("k", $"{i}"))];
                await publisher.PublishAsync("outage", records, Cancellation);
                calls++;
            }
        }, Cancellation);
        await Until(() => calls >= 20);

        await _broker.KillAsync();
        await _clients.LoggedAsync(3001, Cancellation);
        var unavailable = await Assert.ThrowsAsync<BrokerUnavailableException>(
            () => _clients.Topics(_broker.BootstrapServers, TimeSpan.FromSeconds(1)).ListAsync(Cancellation));
        await _broker.StartAsync();
        await _clients.LoggedAsync(3003, Cancellation);
        var before = calls;
        await Until(() => calls >= before + 20);
        await enough.CancelAsync();
        await load;

        var read = new List<string>();
        await foreach (var record in topics.ReadAsync(new ReadRequest("outage") { FromBeginning = true, Follow = false }, Cancellation))
        {
            read.Add(Text(record.Value));
        }

        Assert.Equal(Enumerable.Range(0, calls * size).Select(i => $"{i}"), read);
        Assert.False(unavailable.CredentialsRefused);
        Assert.Contains(_broker.BootstrapServers, unavailable.Message, StringComparison.Ordinal);

        static async Task Until(Func<bool> condition)
        {
            while (!condition())
            {
                await Task.Delay(10, Cancellation);
            }
        }
    }
}
