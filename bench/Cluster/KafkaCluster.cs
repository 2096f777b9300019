using System.Diagnostics;
using Confluent.Kafka;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Cluster;

/// <summary>A real Kafka on loopback, started with the programs of a Kafka download: KRaft, every node broker and controller.</summary>
internal sealed class KafkaCluster : IAsyncDisposable
{
    private const string OneNodeOptions = "-Xms256m -Xmx1g";

    /// <summary>Several nodes share the processor and are started often: quick to start rather than fast.</summary>
    private const string ManyNodesOptions = "-Xms128m -Xmx512m -XX:TieredStopAtLevel=1";

    private static readonly TimeSpan UpLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(3);

    private KafkaCluster(IReadOnlyList<KafkaNode> nodes) => Nodes = nodes;

    public IReadOnlyList<KafkaNode> Nodes { get; }

    public string BootstrapServers => string.Join(',', Nodes.Select(node => node.Address));

    /// <summary>Formats and starts a new cluster, and waits until all its nodes serve.</summary>
    public static async Task<KafkaCluster> StartAsync(BenchRun run, int nodeCount, CancellationToken cancellationToken)
    {
        var ports = FreePorts.Take(nodeCount * 2);
        var javaOptions = nodeCount == 1 ? OneNodeOptions : ManyNodesOptions;
        var nodes = Enumerable.Range(1, nodeCount)
            .Select(id => new KafkaNode(id, ports[id - 1], run.PathOf($"kafka-{id}"), javaOptions))
            .ToList();
        var cluster = run.Own(new KafkaCluster(nodes));
        var clusterId = NewClusterId(run.Seed);
        foreach (var node in nodes)
        {
            await node.FormatAsync(clusterId, Settings(node.Id, ports, run.PathOf($"kafka-{node.Id}")), cancellationToken);
        }

        nodes.ForEach(node => node.Start());
        await cluster.WaitUntilUpAsync(cancellationToken);
        run.Say($"Kafka is up: {cluster.BootstrapServers}");
        return cluster;
    }

    /// <summary>Waits until every node is a broker of the cluster that clients can reach.</summary>
    public async Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        foreach (var node in Nodes)
        {
            while (!IsUp(node))
            {
                node.RequireAlive();
                if (clock.Elapsed > UpLimit)
                {
                    throw new RunFailedException($"Kafka node {node.Id} at {node.Address} is not up after {UpLimit.TotalSeconds} s.");
                }

                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }
    }

    private bool IsUp(KafkaNode node)
    {
        var client = new AdminClientConfig { BootstrapServers = node.Address, LogConnectionClose = false };
        using var admin = new AdminClientBuilder(client).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        try
        {
            return admin.GetMetadata(MetadataTimeout).Brokers.Count == Nodes.Count;
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Settings(int id, int[] ports, string directory)
    {
        var nodeCount = ports.Length / 2;
        var replicas = Math.Min(nodeCount, 3);
        var inSync = Math.Max(1, replicas - 1);
        var voters = string.Join(',', Enumerable.Range(1, nodeCount).Select(node => $"{node}@127.0.0.1:{ports[nodeCount + node - 1]}"));
        return
        [
            "process.roles=broker,controller",
            $"node.id={id}",
            $"listeners=PLAINTEXT://127.0.0.1:{ports[id - 1]},CONTROLLER://127.0.0.1:{ports[nodeCount + id - 1]}",
            $"advertised.listeners=PLAINTEXT://127.0.0.1:{ports[id - 1]}",
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.listener.names=CONTROLLER",
            "inter.broker.listener.name=PLAINTEXT",
            $"controller.quorum.voters={voters}",
            $"log.dirs={Path.Combine(directory, "data")}",
            "auto.create.topics.enable=false",
            "offsets.topic.num.partitions=8",
            "group.initial.rebalance.delay.ms=0",
            $"default.replication.factor={replicas}",
            $"min.insync.replicas={inSync}",
            $"offsets.topic.replication.factor={replicas}",
            $"transaction.state.log.replication.factor={replicas}",
            $"transaction.state.log.min.isr={inSync}",
            $"share.coordinator.state.topic.replication.factor={replicas}",
            $"share.coordinator.state.topic.min.isr={inSync}",
        ];
    }

    /// <summary>A cluster id: 16 bytes in URL-safe base 64. The first byte keeps it from looking like an option.</summary>
    private static string NewClusterId(int seed)
    {
        var bytes = new byte[16];
        new Random(seed).NextBytes(bytes);
        bytes[0] = 0;
        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
