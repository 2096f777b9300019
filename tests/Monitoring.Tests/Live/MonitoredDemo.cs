using System.Text;
using KafkaFunctions.EndToEnd.Tests.Harness;

namespace KafkaFunctions.Monitoring.Tests.Live;

/// <summary>The running demo and a Prometheus that scrapes it, started by the first test.</summary>
public sealed class MonitoredDemo : IAsyncDisposable
{
    private const int Partitions = 2;

    private readonly AppFolder _folder = new();
    private Task? _started;
    private AppProcess? _app;
    private PrometheusServer? _prometheus;

    internal PrometheusServer Prometheus => _prometheus!;

    /// <summary>What the app printed, for messages.</summary>
    internal string Printed => _app!.Printed;

    /// <summary>Starts it, once; skips the test where there is no Prometheus.</summary>
    public Task EnsureStartedAsync() => _started ??= StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_prometheus is not null)
        {
            await _prometheus.DisposeAsync();
        }

        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        Files.PrometheusTools.RequireServer();
        var settings = new Dictionary<string, string?> { ["Kafka__Partitions"] = $"{Partitions}" };
        _app = AppProcess.StartHost(_folder, settings, "--demo");
        _prometheus = await PrometheusServer.StartAsync($"127.0.0.1:{_app.Port}");
        await _app.WaitUntilReadyAsync();
        await IngestAsync();
    }

    // What the demo has none of: requests.
    private async Task IngestAsync()
    {
        using var client = new HttpClient { BaseAddress = _app!.Address };
        using var body = new StringContent("an event", Encoding.UTF8, "text/plain");
        using var response = await client.PostAsync(new Uri("api/ingest/input-topic", UriKind.Relative), body, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
