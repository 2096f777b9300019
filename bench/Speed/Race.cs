using System.Diagnostics;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Speed;

/// <summary>Measures contenders from outside, all in the same way: by the end offsets of the output topic and by the CPU time
/// that the kernel counts for the process. Start-up is excluded: both are taken from the first visible output to the last.</summary>
internal sealed class Race(BenchRun run, ITopicClient topics, RaceTopics names)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    /// <summary>How long outputs stand still before it is asked whether all offsets are committed.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>Lets a contender work through the whole input, until its offsets are committed.</summary>
    public async Task<RaceLap> RunAsync(Contender contender, int round, CancellationToken cancellationToken)
    {
        var before = await EndsAsync(cancellationToken);
        var process = await contender.StartAsync(round, cancellationToken);
        var first = await WaitForFirstAsync(process, before.Sum(), cancellationToken);
        var startAllocated = await contender.ReadAllocatedAsync(cancellationToken);
        var last = await WaitForLastAsync(process, contender.GroupOf(round), first, before.Sum(), cancellationToken);
        var allocated = await contender.ReadAllocatedAsync(cancellationToken) - startAllocated;
        var lifetimeAllocated = await contender.StopAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(first.Timestamp, last.Timestamp).TotalSeconds;
        return new RaceLap(
            before, first.Ends, await EndsAsync(cancellationToken), seconds, last.Cpu - first.Cpu, allocated, lifetimeAllocated);
    }

    private async Task<RaceMoment> WaitForFirstAsync(ChildProcess process, long before, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var now = await LookAsync(process, cancellationToken);
            if (now.Count > before)
            {
                return now;
            }

            RequireMoving(process, clock, 0);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<RaceMoment> WaitForLastAsync(
        ChildProcess process, string group, RaceMoment first, long before, CancellationToken cancellationToken)
    {
        var last = first;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var now = await LookAsync(process, cancellationToken);
            if (now.Count != last.Count)
            {
                last = now;
                clock.Restart();
            }
            else if (clock.Elapsed > Quiet && await IsDoneAsync(process, group, cancellationToken))
            {
                // Outputs are there before the offsets of their inputs are committed: nothing comes after this look.
                now = await LookAsync(process, cancellationToken);
                return now.Count == last.Count ? last : now;
            }

            run.Progress(() => Report.Invariant($"{process.Name}: {last.Count - before:N0} outputs"));
            RequireMoving(process, clock, last.Count - before);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<bool> IsDoneAsync(ChildProcess process, string group, CancellationToken cancellationToken) =>
        await Pipeline.LagAsync(topics, new Stage(process.Name, names.Input, group), cancellationToken) == 0;

    private static void RequireMoving(ChildProcess process, Stopwatch clock, long count)
    {
        BenchRun.RequireAlive(process);
        if (clock.Elapsed > StallLimit)
        {
            throw new RunFailedException(
                $"{process.Name} stands still at {count} outputs and has not committed all offsets. Its last lines:\n{process.LogTail()}");
        }
    }

    private async Task<RaceMoment> LookAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        var ends = await EndsAsync(cancellationToken);
        BenchRun.RequireAlive(process);
        return new RaceMoment(ends, Stopwatch.GetTimestamp(), ProcessStatistics.CpuSeconds(process.Id));
    }

    private async Task<long[]> EndsAsync(CancellationToken cancellationToken) =>
        [.. (await topics.GetOffsetsAsync(names.Output, cancellationToken)).Select(partition => partition.End)];
}
