using System.Net;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.BadInput;

/// <summary>What the app waits for: a broker, then its topics.</summary>
public sealed class BrokerWaitTests : IAsyncDisposable
{
    private static readonly string[] Topics =
    [
        "input-topic", "output-topic", "web-logs", "page-views", "page-views-errors", "page-views-bots", "page-views-clean",
        "page-view-totals", "shop.public.customers", "orders", "orders-enriched", "iot-readings", "latest-readings",
        "page-views-by-page", "page-views-by-visitor", "page-views-per-minute", "page-views-per-minute-final", "page-views-late",
        "page-views-per-5-minutes", "top-pages", "user-sessions", "iot-readings-by-sensor", "device-stats",
        "ad-impressions", "ad-clicks", "ad-impression-outcomes",
    ];

    private readonly AppFolder _folder = new();
    private KafkaBroker? _broker;

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }

    [Fact]
    public async Task NoBrokerThenNoTopics_WaitsAndSaysForWhatThenGoesOn()
    {
        _broker = await KafkaBroker.FormatNewAsync(RealKafka.RequireHome(), ("auto.create.topics.enable", "false"));
        var settings = new Dictionary<string, string?> { ["BrokerList"] = _broker.BootstrapServers };
        await using var app = AppProcess.StartHost(_folder, settings);

        await app.WaitForLineAsync("BrokerList", _broker.BootstrapServers);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.GetStatusAsync("health/ready"));
        Assert.Equal(HttpStatusCode.OK, await app.GetStatusAsync("health/live"));

        await _broker.StartAsync();
        foreach (var topic in Topics)
        {
            await app.WaitForLineAsync($"'{topic}'", $"topics create {topic}", "Kafka__CreateTopics");
            Assert.Single(app.FindLines($"topics create {topic} "));
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.GetStatusAsync("health/ready"));
        Assert.Equal(HttpStatusCode.OK, await app.GetStatusAsync("health/live"));

        await Task.WhenAll(Topics.Select(async topic => (await AppProcess.RunAsync(_folder, settings, ["topics", "create", topic, "--partitions", "1"])).AssertDone()));
        await app.WaitUntilReadyAsync();

        foreach (var topic in (string[])["input-topic", "web-logs", "page-views"])
        {
            await app.WaitForLineAsync("Created topic", $"{topic}.dlq");
        }

        Assert.Equal(0, await app.StopAsync());
        Assert.DoesNotContain(app.Output, line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
