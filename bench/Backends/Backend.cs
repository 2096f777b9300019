using System.CommandLine;
using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Backends;

/// <summary>Starts the backend that the command line asks for.</summary>
internal static class Backend
{
    private const string BootstrapServersVariable = "KAFKA_BOOTSTRAP_SERVERS";

    /// <summary>The option of commands that run on either backend.</summary>
    public static Option<BackendKind> CreateOption() => new("--backend")
    {
        Description = $"Where topics live. kafka: {BootstrapServersVariable} where set (topics must not exist yet), else a node of KAFKA_HOME",
        DefaultValueFactory = _ => BackendKind.Embedded,
    };

    /// <summary>Opens the topics; the run closes them.</summary>
    public static async Task<IBackend> StartAsync(BenchRun run, BackendKind kind, CancellationToken cancellationToken)
    {
        if (kind == BackendKind.Embedded)
        {
            return run.Own(new EmbeddedBackend(run.PathOf("data")));
        }

        var servers = Environment.GetEnvironmentVariable(BootstrapServersVariable);
        if (string.IsNullOrEmpty(servers))
        {
            servers = (await KafkaCluster.StartAsync(run, nodeCount: 1, cancellationToken)).BootstrapServers;
        }

        return run.Own(new KafkaBackend(servers));
    }
}
