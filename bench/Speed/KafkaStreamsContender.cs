using KafkaFunctions.Bench.Cluster;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Speed;

/// <summary>A program on Kafka Streams (Peers/), from the libraries of <c>KAFKA_HOME</c>. Its first arguments are the broker, the
/// topics and the application id.</summary>
/// <param name="run">The run.</param>
/// <param name="topics">What it reads and writes.</param>
/// <param name="folder">Its folder in Peers/.</param>
/// <param name="className">Its class.</param>
/// <param name="name">Name in the report.</param>
/// <param name="moreArguments">What follows, for a round.</param>
/// <param name="variant">What the same program is run as; its consumer groups are named after it.</param>
internal sealed class KafkaStreamsContender(
    BenchRun run, RaceTopics topics, string folder, string className, string name, Func<int, string[]> moreArguments, string variant = "") : Contender
{
    private static readonly TimeSpan CompileLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);
    private ChildProcess? _process;

    public override string Name => name;

    public override string GroupOf(int round) => Report.Invariant($"{className}{variant}-{round}");

    /// <summary>Compiles the program; once, before the rounds.</summary>
    public async Task CompileAsync(CancellationToken cancellationToken)
    {
        var source = Path.Combine(Repository.Root, "bench", "Peers", folder, className + ".java");
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
            "-cp", $"{KafkaHome.Libraries}:{run.PathOf("classes")}", className,
            topics.BootstrapServers, topics.Input, topics.Output, GroupOf(round), .. moreArguments(round),
        ];
        _process = run.Own(ChildProcess.Start("Kafka Streams", "java", arguments, run.PathOf($"streams{variant}-{round}.log"), run.Directory));
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
