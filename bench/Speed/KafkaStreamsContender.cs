using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Speed;

/// <summary>Kafka Streams' <c>filter</c> (Peers/KafkaStreamsFilter), from the libraries of <c>KAFKA_HOME</c>.</summary>
internal sealed class KafkaStreamsContender(BenchRun run, SpeedTopics topics) : Contender
{
    private const string ClassName = "FilterPeer";
    private static readonly TimeSpan CompileLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);
    private ChildProcess? _process;

    public override string Name => "Kafka Streams filter";

    public override string GroupOf(int round) => Report.Invariant($"streams-filter-{round}");

    /// <summary>Compiles the program; once, before the rounds.</summary>
    public async Task CompileAsync(CancellationToken cancellationToken)
    {
        var source = Path.Combine(Repository.Root, "bench", "Peers", "KafkaStreamsFilter", ClassName + ".java");
        await using var compiler = ChildProcess.Start(
            "javac", "javac", ["-cp", KafkaHome.Libraries, "-d", run.PathOf("classes"), source], run.PathOf("javac.log"), run.Directory);
        if (!await compiler.WaitForExitAsync(CompileLimit, cancellationToken) || compiler.ExitCode != 0)
        {
            throw new RunFailedException($"{source} does not compile:\n{compiler.LogTail()}");
        }
    }

    public override Task<ChildProcess> StartAsync(int round, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-cp", $"{KafkaHome.Libraries}:{run.PathOf("classes")}", ClassName,
            topics.BootstrapServers, SpeedTopics.Input, SpeedTopics.Output, GroupOf(round), SpeedTopics.Condition, run.PathOf("streams-state"),
        ];
        _process = run.Own(ChildProcess.Start("Kafka Streams", "java", arguments, run.PathOf($"streams-{round}.log"), run.Directory));
        return Task.FromResult(_process);
    }

    public override async Task<double?> StopAsync(CancellationToken cancellationToken)
    {
        _process!.Signal(Signals.Terminate);
        return await _process.WaitForExitAsync(StopLimit, cancellationToken)
            ? null
            : throw new RunFailedException($"Kafka Streams did not end after SIGTERM. Its last lines:\n{_process.LogTail()}");
    }
}
