using System.Diagnostics;
using System.Text.Json;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.Monitoring.Tests.Files;

namespace KafkaFunctions.Monitoring.Tests.Live;

/// <summary>A Prometheus with the configuration that users deploy, but for its targets and its pace.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    /// <summary>How often it scrapes and evaluates: users wait for 15 s, tests do not.</summary>
    public const string Interval = "1s";

    private const string DeployedInterval = "15s";

    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly HttpClient _client;

    private PrometheusServer(DirectoryInfo folder, Process process, int port)
    {
        _folder = folder;
        _process = process;
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(10) };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts it; skips the test where there is none.</summary>
    /// <param name="targets">What it scrapes, host:port.</param>
    public static async Task<PrometheusServer> StartAsync(params IEnumerable<string> targets)
    {
        var program = PrometheusTools.RequireServer();
        var folder = Directory.CreateTempSubdirectory("kafkafunctions-prometheus-");
        Configure(folder.FullName, targets);
        var port = FreePort.Find();
        var start = new ProcessStartInfo(
            program,
            [
                $"--config.file={Path.Combine(folder.FullName, "prometheus.yml")}",
                $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}",
                $"--web.listen-address=127.0.0.1:{port}",
                "--log.level=error",
            ]);
        var server = new PrometheusServer(folder, Process.Start(start)!, port);
        try
        {
            await Poll.UntilAsync("Prometheus to be ready", server.IsReadyAsync);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The series that a query gives now.</summary>
    public async Task<IReadOnlyList<PrometheusSeries>> QueryAsync(string query)
    {
        using var form = new FormUrlEncodedContent([new("query", query)]);
        using var response = await _client.PostAsync(new Uri("api/v1/query", UriKind.Relative), form, Cancellation);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.True(answer.RootElement.GetProperty("status").GetString() == "success", $"{query}\n{answer.RootElement.GetRawText()}");
        return [.. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(PrometheusSeries.From)];
    }

    /// <summary>What the API tells at a path.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = JsonDocument.Parse(await _client.GetStringAsync(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation));
        return answer.RootElement.GetProperty("data").Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _client.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Configure(string folder, IEnumerable<string> targets)
    {
        var configuration = File.ReadAllText(Path.Combine(MonitoringFiles.Prometheus, "prometheus.yml"));
        Assert.Contains(DeployedInterval, configuration, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "prometheus.yml"), configuration.Replace(DeployedInterval, Interval, StringComparison.Ordinal));
        var rules = Directory.CreateDirectory(Path.Combine(folder, "rules"));
        File.Copy(MonitoringFiles.Rules, Path.Combine(rules.FullName, Path.GetFileName(MonitoringFiles.Rules)));
        Directory.CreateDirectory(Path.Combine(folder, "targets"));
        File.WriteAllText(Path.Combine(folder, "targets", "selfhost.yml"), $"- targets: [{string.Join(", ", targets)}]\n");
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process.HasExited, "Prometheus has ended.");
        try
        {
            using var response = await _client.GetAsync(new Uri("-/ready", UriKind.Relative), Cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
