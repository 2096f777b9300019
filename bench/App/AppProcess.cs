using System.Diagnostics;
using System.Net;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.App;

/// <summary>A running instance of an app on the self-host.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private AppProcess(ChildProcess process, int port)
    {
        Process = process;
        Port = port;
    }

    public ChildProcess Process { get; }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Starts an instance and returns at once.</summary>
    public static AppProcess Start(AppStart start)
    {
        // One that was published with the runtime starts by itself.
        var needsRuntime = Path.GetExtension(start.Assembly) == ".dll";
        List<string> arguments = [.. needsRuntime ? [start.Assembly] : Array.Empty<string>(), "--port", Report.Invariant($"{start.Port}")];
        if (start.Functions.Count > 0)
        {
            arguments.AddRange(["--functions", string.Join(',', start.Functions)]);
        }

        var environment = new Dictionary<string, string?>(start.Settings) { ["DOTNET_ENVIRONMENT"] = "Production" };
        var process = ChildProcess.Start(start.Name, needsRuntime ? "dotnet" : start.Assembly, arguments, start.LogFile, start.WorkingDirectory, environment);
        return new AppProcess(process, start.Port);
    }

    /// <summary>Waits until the instance says that it is ready.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (await GetHealthAsync("ready", cancellationToken) != HttpStatusCode.OK)
        {
            BenchRun.RequireAlive(Process);
            if (clock.Elapsed > ReadyLimit)
            {
                throw new RunFailedException($"{Process.Name} is not ready after {ReadyLimit.TotalSeconds} s. Its last lines:\n{Process.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>What <c>/health/ready</c> or <c>/health/live</c> answers; null where nothing does.</summary>
    public async Task<HttpStatusCode?> GetHealthAsync(string check, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(Address, $"health/{check}"), cancellationToken);
            return response.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Asks the instance to stop (SIGTERM) and requires that it ends in time with status 0.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        BenchRun.RequireAlive(Process);
        Process.Signal(Signals.Terminate);
        if (!await Process.WaitForExitAsync(StopLimit, cancellationToken))
        {
            throw new RunFailedException($"{Process.Name} is still alive {StopLimit.TotalSeconds} s after SIGTERM. Its last lines:\n{Process.LogTail()}");
        }

        if (Process.ExitCode != 0)
        {
            throw new RunFailedException($"{Process.Name} ended with status {Process.ExitCode} after SIGTERM. Its last lines:\n{Process.LogTail()}");
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
