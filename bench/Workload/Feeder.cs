using System.Diagnostics;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Workload;

/// <summary>Publishes a workload in the order of its numbers. A batch that the broker did not acknowledge is published again
/// until it is, so the topic may hold copies, each an input of its own.</summary>
internal sealed class Feeder(IRecordPublisher publisher, IWorkload workload)
{
    private const int LargestBatch = 2000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private int _acknowledged;
    private int _retries;

    /// <summary>Numbers below this one are acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>How often a batch had to be published again.</summary>
    public int Retries => Volatile.Read(ref _retries);

    /// <summary>Publishes until this many numbers are acknowledged, as fast as possible.</summary>
    public async Task FeedAsync(int count, CancellationToken cancellationToken)
    {
        while (Acknowledged < count)
        {
            await PublishAsync(Math.Min(LargestBatch, count - Acknowledged), cancellationToken);
        }
    }

    /// <summary>Publishes steadily until told to stop.</summary>
    /// <param name="ratePerSecond">Records per second.</param>
    /// <param name="isStopped">Ends the feed after the batch under way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FeedAtRateAsync(double ratePerSecond, Func<bool> isStopped, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var first = Acknowledged;
        while (!isStopped())
        {
            var due = (int)(clock.Elapsed.TotalSeconds * ratePerSecond) - (Acknowledged - first);
            if (due > 0)
            {
                await PublishAsync(Math.Min(due, LargestBatch), cancellationToken);
            }

            await Task.Delay(Tick, cancellationToken);
        }
    }

    private async Task PublishAsync(int count, CancellationToken cancellationToken)
    {
        var first = Acknowledged;
        while (true)
        {
            var records = new OutputRecord[count];
            for (var i = 0; i < count; i++)
            {
                records[i] = workload.Create(first + i);
            }

            try
            {
                await publisher.PublishAsync(workload.Topic, records, cancellationToken);
                Volatile.Write(ref _acknowledged, first + count);
                return;
            }
            catch (Exception exception) when (exception is PublishException or BrokerUnavailableException)
            {
                Interlocked.Increment(ref _retries);
                await Task.Delay(RetryPause, cancellationToken);
            }
        }
    }
}
