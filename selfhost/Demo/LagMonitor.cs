using System.Collections.Concurrent;
using KafkaFunctions.SelfHost.CommandLine.Groups;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.SelfHost.Demo;

/// <summary>Reads the functions' lag again and again, apart from the display: a broker that does not answer must not stop it.</summary>
internal sealed class LagMonitor(ITopicClient topics, IConsumerGroupCatalog catalog, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, long?> _lags = new(StringComparer.Ordinal);

    /// <summary>Records that wait for a function; null where it is not known, now or at all.</summary>
    public long? LagOf(string function) => _lags.GetValueOrDefault(function);

    /// <summary>Reads until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await RefreshAsync(cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Reads every function's lag once.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(catalog.Consumers.Select(async consumer => _lags[consumer.Function] = await TryReadAsync(consumer, cancellationToken)));

    private async Task<long?> TryReadAsync(FunctionConsumer consumer, CancellationToken cancellationToken)
    {
        try
        {
            return (await ConsumerLag.ReadAsync(topics, consumer.ConsumerGroup, consumer.Topic, cancellationToken)).Sum(partition => partition.Lag);
        }
#pragma warning disable CA1031 // The display shows that the lag is unknown; whatever the cause, the functions themselves report it.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
