using System.Collections.Concurrent;
using Confluent.Kafka;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Kafka;

/// <summary>Remembers <see cref="TopicFacts"/>, and asks again in the background when they are old. Safe for concurrent use.</summary>
internal sealed class TopicCatalog(KafkaClientFactory clients) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly AdminCalls _calls = new(clients, Patience);

    // One question at a time: with no broker, waiting calls must not pile up requests.
    private readonly SemaphoreSlim _asking = new(1);

    /// <summary>The topic's facts. Waits while no broker answers.</summary>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    /// <exception cref="PublishException">The broker refuses the credentials, or access to the topic.</exception>
    public ValueTask<TopicFacts> GetAsync(string topic, CancellationToken cancellationToken)
    {
        if (!_entries.TryGetValue(topic, out var entry))
        {
            return new ValueTask<TopicFacts>(AskFirstAsync(topic, cancellationToken));
        }

        if (clients.Time.GetElapsedTime(entry.Asked) > MaxAge && entry.TryRefresh())
        {
            _ = RefreshAsync(topic);
        }

        return new ValueTask<TopicFacts>(entry.Facts);
    }

    /// <summary>What is known of the topic was wrong.</summary>
    public void Forget(string topic) => _entries.TryRemove(topic, out _);

    public void Dispose() => _asking.Dispose();

    private async Task<TopicFacts> AskFirstAsync(string topic, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_entries.TryGetValue(topic, out var entry))
            {
                return entry.Facts;
            }

            while (true)
            {
                try
                {
                    return await AskAsync(topic, cancellationToken).ConfigureAwait(false);
                }
                catch (BrokerUnavailableException exception) when (!exception.CredentialsRefused)
                {
                    clients.Watch.Start();
                    await Task.Delay(BetweenAttempts, clients.Time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is BrokerUnavailableException or KafkaAccessException or KafkaException)
        {
            throw new PublishException(topic, $"Publishing to topic '{topic}' failed: {exception.Message}", exception);
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<TopicFacts> AskAsync(string topic, CancellationToken cancellationToken)
    {
        var partitions = await _calls.PartitionsAsync(topic, cancellationToken).ConfigureAwait(false);
        if (partitions is null)
        {
            Forget(topic);
            throw new TopicNotFoundException(topic);
        }

        var untold = new TopicFacts(partitions.Value) { MaxRecordBytes = TopicFacts.LimitUnlessTold(_calls.Servers) };
        var facts = await _calls.WithSettingsAsync(topic, untold, cancellationToken).ConfigureAwait(false);
        _entries[topic] = new Entry(facts, clients.Time.GetTimestamp());
        return facts;
    }

    private async Task RefreshAsync(string topic)
    {
        try
        {
            await AskAsync(topic, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What is known stays good until publishing says otherwise; the next call but a minute later asks again.
        catch (Exception)
#pragma warning restore CA1031
        {
            if (_entries.TryGetValue(topic, out var entry))
            {
                _entries[topic] = new Entry(entry.Facts, clients.Time.GetTimestamp());
            }
        }
    }

    private sealed class Entry(TopicFacts facts, long asked)
    {
        private int _refreshing;

        public TopicFacts Facts => facts;

        public long Asked => asked;

        public bool TryRefresh() => Interlocked.Exchange(ref _refreshing, 1) == 0;
    }
}
