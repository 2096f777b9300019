using System.Diagnostics;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Processes;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Speed;

/// <summary>Measures contenders from outside, all in the same way: by the end offsets of the output topic and by the CPU time
/// that the kernel counts for the process. Start-up is excluded: both are taken from the first visible output to the last.</summary>
internal sealed class Race(BenchRun run, ITopicClient topics, long records, long passing)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CommitLimit = TimeSpan.FromSeconds(30);

    /// <summary>Lets a contender work through the whole input.</summary>
    public async Task<SpeedSample> RunAsync(Contender contender, int round, CancellationToken cancellationToken)
    {
        var before = await CountAsync(cancellationToken);
        var process = await contender.StartAsync(round, cancellationToken);
        var (first, _) = await WaitForAsync(process, before, 1, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var startCpu = ProcessStatistics.CpuSeconds(process.Id);
        var startAllocated = await contender.ReadAllocatedAsync(cancellationToken);

        var (_, end) = await WaitForAsync(process, before, passing, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start, end).TotalSeconds;
        var cpu = ProcessStatistics.CpuSeconds(process.Id) - startCpu;
        var endAllocated = await contender.ReadAllocatedAsync(cancellationToken);
        await WaitForCommitAsync(process, contender.GroupOf(round), cancellationToken);
        var lifetimeAllocated = await contender.StopAsync(cancellationToken);
        var after = await CountAsync(cancellationToken) - before;
        if (after != passing)
        {
            throw new RunFailedException($"{contender.Name} wrote {after} records instead of {passing}.");
        }

        // Of the input, what belongs to the outputs that came after the first look.
        var measured = records * (double)(passing - first) / passing;
        var allocated = lifetimeAllocated / records ?? ((endAllocated - startAllocated) / measured);
        var sample = new SpeedSample(measured / seconds, cpu / measured * 1_000_000, allocated);
        run.Say(Report.Invariant($"{contender.Name}: {sample.RecordsPerSecond:N0} records/s, {sample.CpuPerMillion:0.00} CPU s per million"));
        return sample;
    }

    private async Task<(long Count, long At)> WaitForAsync(ChildProcess process, long before, long wanted, CancellationToken cancellationToken)
    {
        var moved = Stopwatch.StartNew();
        long last = -1;
        while (true)
        {
            var count = await CountAsync(cancellationToken) - before;
            if (count >= wanted)
            {
                return (count, Stopwatch.GetTimestamp());
            }

            if (count != last)
            {
                last = count;
                moved.Restart();
            }

            BenchRun.RequireAlive(process);
            run.Progress(() => Report.Invariant($"{process.Name}: {count:N0} of {passing:N0} outputs"));
            if (moved.Elapsed > StallLimit)
            {
                throw new RunFailedException($"{process.Name} stands still at {count} of {passing} outputs. Its last lines:\n{process.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task WaitForCommitAsync(ChildProcess process, string group, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (await Pipeline.LagAsync(topics, new Stage(process.Name, SpeedTopics.Input, group), cancellationToken) > 0)
        {
            BenchRun.RequireAlive(process);
            if (clock.Elapsed > CommitLimit)
            {
                throw new RunFailedException($"{process.Name} has not committed its offsets {CommitLimit.TotalSeconds} s after its last output.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private Task<long> CountAsync(CancellationToken cancellationToken) => Pipeline.CountAsync(topics, SpeedTopics.Output, cancellationToken);
}
