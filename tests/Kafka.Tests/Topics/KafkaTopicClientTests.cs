using System.Net;
using System.Net.Sockets;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Kafka.Tests.Topics;

/// <summary>What the contract cannot show: no broker at all.</summary>
public sealed class KafkaTopicClientTests : IDisposable
{
    private readonly TestClients _clients = new();
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Servers => $"127.0.0.1:{((IPEndPoint)_silent.LocalEndpoint).Port}";

    public KafkaTopicClientTests() => _silent.Start();

    public void Dispose()
    {
        _clients.Dispose();
        _silent.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryCall_NoBrokerAnswers_NamesBrokersAndSettings(bool listening)
    {
        var servers = Servers;
        if (!listening)
        {
            _silent.Stop();
        }

        var topics = _clients.Topics(servers, TimeSpan.FromSeconds(1));

        foreach (var call in (Func<Task>[])
            [
                () => topics.ListAsync(Cancellation),
                () => topics.FindAsync("t", Cancellation),
                () => topics.CreateAsync(new TopicSpecification("t", 1), Cancellation),
                () => topics.GetOffsetsAsync("t", Cancellation),
                () => topics.GetCommittedAsync("g", "t", Cancellation),
                async () =>
                {
                    await foreach (var record in topics.ReadAsync(new ReadRequest("t"), Cancellation))
                    {
                    }
                },
            ])
        {
            var error = await Assert.ThrowsAsync<BrokerUnavailableException>(call);
            Assert.False(error.CredentialsRefused);
            Assert.Contains(servers, error.Message, StringComparison.Ordinal);
            Assert.Contains("BrokerList", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ListAsync_Cancelled_StopsAtOnce()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var call = _clients.Topics(Servers).ListAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
