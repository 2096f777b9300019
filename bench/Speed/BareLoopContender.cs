using System.Globalization;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Speed;

/// <summary>A bare loop on Confluent.Kafka (Peers/BareLoop).</summary>
internal sealed class BareLoopContender(BenchRun run, RaceTopics topics, string condition) : Contender
{
    private const string AllocatedMark = "allocated=";
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);
    private ChildProcess? _process;

    public override string Name => "bare Confluent.Kafka loop";

    public override string GroupOf(int round) => Report.Invariant($"bare-loop-{round}");

    public override Task<ChildProcess> StartAsync(int round, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            Repository.Program("bench/Peers/BareLoop", "KafkaFunctions.Bench.BareLoop"),
            topics.BootstrapServers, topics.Input, topics.Output, GroupOf(round), condition,
        ];
        _process = run.Own(ChildProcess.Start("bare loop", "dotnet", arguments, run.PathOf($"bare-loop-{round}.log"), run.Directory));
        return Task.FromResult(_process);
    }

    public override async Task<double?> StopAsync(CancellationToken cancellationToken)
    {
        _process!.Signal(Signals.Terminate);
        if (!await _process.WaitForExitAsync(StopLimit, cancellationToken) || _process.ExitCode != 0)
        {
            throw new RunFailedException($"The bare loop did not end well. Its last lines:\n{_process.LogTail()}");
        }

        var line = File.ReadLines(_process.LogFile).Last(text => text.StartsWith(AllocatedMark, StringComparison.Ordinal));
        return double.Parse(line[AllocatedMark.Length..], CultureInfo.InvariantCulture);
    }
}
