using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace KafkaFunctions.EndToEnd.Tests.Harness;

/// <summary>The app as a process of its own, with what it printed.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private static readonly ConcurrentDictionary<int, Process> Alive = new();
    private static readonly string[] OwnPrefixes = ["Kafka", "Ingest", "Demo", "Processing", "Host__", "BrokerList", "Filter", "FunctionKey", "DataDirectory", "State", "TableState", "AzureFunctions", "FUNCTIONS_", "Telemetry", "OTEL_", "APPLICATIONINSIGHTS_"];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _error = new();

    static AppProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Alive.Values)
        {
            process.Kill();
        }
    };

    private AppProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        Alive[process.Id] = process;
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public IReadOnlyCollection<string> Output => _output;

    public IReadOnlyCollection<string> Error => _error;

    /// <summary>All that it printed, for messages.</summary>
    public string Printed => string.Join('\n', _output.TakeLast(60).Concat(_error.TakeLast(60)));

    /// <summary>Starts the host.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="settings">Its settings, as environment variables.</param>
    /// <param name="arguments">Arguments beside the port.</param>
    public static AppProcess StartHost(AppFolder folder, IReadOnlyDictionary<string, string?> settings, params string[] arguments) =>
        StartHostOf(BuiltApp.Main, folder, settings, arguments);

    /// <summary>Starts the host of another program than the app.</summary>
    public static AppProcess StartHostOf(string program, AppFolder folder, IReadOnlyDictionary<string, string?> settings, params string[] arguments)
    {
        var port = FreePort.Find();
        return Start(program, port, folder, settings, ["--port", port.ToString(CultureInfo.InvariantCulture), .. arguments], input: null);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="settings">Its settings, as environment variables.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">Its standard input; null for none.</param>
    /// <param name="program">The program; null for the app.</param>
    public static async Task<AppResult> RunAsync(
        AppFolder folder, IReadOnlyDictionary<string, string?> settings, IEnumerable<string> arguments, string? input = null, string? program = null)
    {
        await using var app = Start(program ?? BuiltApp.Main, 0, folder, settings, arguments, input ?? "");
        return new AppResult(await app.WaitForExitAsync(), [.. app.Output], [.. app.Error]);
    }

    public async Task<int> WaitForExitAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Poll.Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"The app has not ended after {Poll.Limit.TotalSeconds} s. It printed:\n{Printed}");
        }

        return _process.ExitCode;
    }

    /// <summary>What a path answers; null where nothing listens.</summary>
    public async Task<HttpStatusCode?> GetStatusAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(Address, path), TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task WaitUntilAsync(string path, HttpStatusCode status) =>
        Poll.UntilAsync($"{path} to answer {status}", async () => RequireAlive() && await GetStatusAsync(path) == status, () => Printed);

    public Task WaitUntilReadyAsync() => WaitUntilAsync("health/ready", HttpStatusCode.OK);

    /// <summary>Waits for a printed line that has all of the parts.</summary>
    public Task<string> WaitForLineAsync(params string[] parts) => Poll.ForAsync(
        $"a line with {string.Join(", ", parts)}",
        () => Task.FromResult(FindLines(parts).FirstOrDefault()),
        () => Printed);

    public IEnumerable<string> FindLines(params string[] parts) =>
        _output.Concat(_error).Where(line => parts.All(part => line.Contains(part, StringComparison.Ordinal)));

    /// <summary>Asks the app to stop (SIGTERM) and gives its exit status.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await WaitForExitAsync();
    }

    /// <summary>Ends the app as a crash would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        Alive.TryRemove(_process.Id, out _);
        _process.Dispose();
    }

    private static AppProcess Start(
        string program, int port, AppFolder folder, IReadOnlyDictionary<string, string?> settings, IEnumerable<string> arguments, string? input)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Settings of whoever runs the tests are none of the app's.
        foreach (var name in start.Environment.Keys.Where(name => OwnPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DataDirectory"] = folder.Data;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var app = new AppProcess(Process.Start(start)!, port);
        app.Feed(input);
        return app;
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    private void Feed(string? input)
    {
        try
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input.
        }
    }

    private bool RequireAlive()
    {
        Assert.False(_process.HasExited, $"The app has ended. It printed:\n{Printed}");
        return true;
    }
}
