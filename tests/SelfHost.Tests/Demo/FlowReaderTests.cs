using System.Diagnostics.Metrics;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.SelfHost.Demo;
using KafkaFunctions.SelfHost.Tests.CommandLine;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Extensions.Time.Testing;

namespace KafkaFunctions.SelfHost.Tests.Demo;

public sealed class FlowReaderTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryBroker _broker = new();
    private readonly FixedCatalog _catalog = new(new FunctionConsumer("Parse", "app-parse", "orders"));
    private readonly Meter _meter = new("KafkaFunctions.Worker");
    private readonly FlowMeterListener _counts = new();

    public void Dispose()
    {
        _meter.Dispose();
        _counts.Dispose();
    }

    [Fact]
    public async Task Take_AfterRecords_TellsTotalsRatesAndLag()
    {
        var (flows, lags) = Create();
        var taken = _meter.CreateCounter<long>("kafkafunctions.records.in");
        _broker.Add("orders", 1);
        _broker.Append("orders", 0, null, [1]);
        await lags.RefreshAsync(TestContext.Current.CancellationToken);
        taken.Add(100, new KeyValuePair<string, object?>("function", "Parse"));
        _time.Advance(TimeSpan.FromSeconds(2));
        flows.Take();
        taken.Add(50, new KeyValuePair<string, object?>("other", 1), new KeyValuePair<string, object?>("function", "Parse"));
        _meter.CreateCounter<long>("kafkafunctions.records.out").Add(40, new KeyValuePair<string, object?>("function", "Parse"));
        _meter.CreateCounter<long>("kafkafunctions.records.dropped").Add(7, new KeyValuePair<string, object?>("function", "Parse"));
        _meter.CreateCounter<long>("kafkafunctions.records.dead_lettered").Add(3, new KeyValuePair<string, object?>("function", "Parse"));
        _meter.CreateCounter<long>("kafkafunctions.publish.retries").Add(2, new KeyValuePair<string, object?>("function", "Parse"));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(
            new FunctionFlow("Parse")
            {
                In = 150,
                InPerSecond = 25,
                Out = 40,
                OutPerSecond = 20,
                Dropped = 7,
                DeadLettered = 3,
                Retries = 2,
                Lag = 1,
            },
            Assert.Single(flows.Take()));
    }

    [Fact]
    public async Task Take_BrokerGone_DoesNotKnowTheLag()
    {
        var (flows, lags) = Create();
        _broker.Failure = new BrokerUnavailableException("gone");

        await lags.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal("00:00:00 Parse in 0 (0/s) out 0 dropped 0 dead 0 lag ?", FlowLine.Of(Assert.Single(flows.Take()), DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void Take_FunctionWithoutTopic_ComesLast()
    {
        var (flows, _) = Create();
        _meter.CreateCounter<long>("kafkafunctions.records.out").Add(1, new KeyValuePair<string, object?>("function", "Ingest"));

        Assert.Equal(["Parse", "Ingest"], flows.Take().Select(flow => flow.Function));
    }

    private (FlowReader Flows, LagMonitor Lags) Create()
    {
        var lags = new LagMonitor(_broker, _catalog, _time);
        return (new FlowReader(_counts, lags, _catalog, _time), lags);
    }
}
