using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Cluster;

/// <summary>One broker and controller of a <see cref="KafkaCluster"/>.</summary>
internal sealed class KafkaNode(int id, int port, string directory, string javaOptions) : IAsyncDisposable
{
    private static readonly TimeSpan FormatLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    private ChildProcess? _process;

    public int Id => id;

    /// <summary>Address for clients.</summary>
    public string Address => $"127.0.0.1:{port}";

    private string SettingsFile => Path.Combine(directory, "server.properties");

    private Dictionary<string, string?> Variables => new() { ["KAFKA_HEAP_OPTS"] = javaOptions, ["LOG_DIR"] = directory, ["JMX_PORT"] = null };

    /// <summary>Writes the settings and prepares the data folder.</summary>
    public async Task FormatAsync(string clusterId, IEnumerable<string> settings, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllLinesAsync(SettingsFile, settings, cancellationToken);
        await using var format = ChildProcess.Start(
            $"kafka-storage.sh of node {id}",
            KafkaHome.Program("kafka-storage.sh"),
            ["format", "-t", clusterId, "-c", SettingsFile],
            Path.Combine(directory, "format.log"),
            directory,
            Variables);
        if (!await format.WaitForExitAsync(FormatLimit, cancellationToken) || format.ExitCode != 0)
        {
            throw new RunFailedException($"{format.Name} failed:\n{format.LogTail()}");
        }
    }

    /// <summary>Starts the node; the cluster's <see cref="KafkaCluster.WaitUntilUpAsync"/> tells when it serves.</summary>
    public void Start() => _process = ChildProcess.Start(
        $"Kafka node {id}",
        KafkaHome.Program("kafka-server-start.sh"),
        [SettingsFile],
        Path.Combine(directory, "server.out"),
        directory,
        Variables);

    /// <summary>Fails where the node has ended by itself.</summary>
    public void RequireAlive() => BenchRun.RequireAlive(_process!);

    /// <summary>Stops the node as an operator would.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _process!.Signal(Signals.Terminate);
        if (!await _process.WaitForExitAsync(StopLimit, cancellationToken))
        {
            // A combined node that has lost its quorum waits for a controller that will not come back.
            await _process.KillAsync();
        }
    }

    /// <summary>Kills the node.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Freezes the node.</summary>
    public void Pause() => _process!.Signal(Signals.Pause);

    /// <summary>Lets a frozen node go on.</summary>
    public void Resume() => _process!.Signal(Signals.Resume);

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
