using System.Diagnostics;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.App;

/// <summary>Waits until the app has caught up.</summary>
internal static class Drain
{
    /// <summary>Longer than the wait for a consumer that died to leave its group.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits until no consumer group of the pipeline has records left.</summary>
    /// <inheritdoc cref="WaitAsync(BenchRun, ITopicClient, IReadOnlyList{Stage}, IReadOnlyList{AppProcess}, CancellationToken)"/>
    public static Task WaitAsync(
        BenchRun run, ITopicClient topics, IReadOnlyList<AppProcess> instances, CancellationToken cancellationToken) =>
        WaitAsync(run, topics, Pipeline.Stages, instances, cancellationToken);

    /// <summary>Waits until no consumer group of these functions, upstream first, has records left.</summary>
    /// <exception cref="RunFailedException">An instance ended, or nothing moved for <see cref="StallLimit"/>.</exception>
    public static async Task WaitAsync(
        BenchRun run, ITopicClient topics, IReadOnlyList<Stage> stages, IReadOnlyList<AppProcess> instances, CancellationToken cancellationToken)
    {
        var moved = Stopwatch.StartNew();
        var last = "";
        while (true)
        {
            long[] lags = [.. await Task.WhenAll(stages.Select(stage => Pipeline.LagAsync(topics, stage, cancellationToken)))];

            // Upstream was asked no later than downstream: all zero at once means at rest, but only if upstream is zero still.
            if (Array.TrueForAll(lags, lag => lag == 0) && await IsAtRestAsync(topics, stages, cancellationToken))
            {
                return;
            }

            var now = string.Join(", ", stages.Zip(lags, (stage, lag) => Report.Invariant($"{stage.Function} {lag:N0}")));
            if (now != last)
            {
                last = now;
                moved.Restart();
            }

            run.Progress(() => $"lag: {now}");
            foreach (var instance in instances)
            {
                BenchRun.RequireAlive(instance.Process);
            }

            if (moved.Elapsed > StallLimit)
            {
                throw new RunFailedException(
                    $"The app stands still since {StallLimit.TotalSeconds} s with lag {now}. Its last lines:\n{instances[0].Process.LogTail()}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<bool> IsAtRestAsync(ITopicClient topics, IReadOnlyList<Stage> stages, CancellationToken cancellationToken)
    {
        foreach (var stage in stages)
        {
            if (await Pipeline.LagAsync(topics, stage, cancellationToken) > 0)
            {
                return false;
            }
        }

        return true;
    }
}
