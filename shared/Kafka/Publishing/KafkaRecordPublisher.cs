using System.Collections.Concurrent;
using Confluent.Kafka;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka;

/// <summary>Publishes to Kafka with idempotent producers that stop dead at the first failure and are then replaced.</summary>
/// <remarks>While no broker answers, calls wait without limit, and a warning says so. Beside the contract's exceptions,
/// <see cref="RecordRefusedException"/> tells of a record that the topic's rules will never accept; nothing was published then.</remarks>
public sealed partial class KafkaRecordPublisher : IRecordPublisher
{
    // librdkafka's own default; topics that take larger records still get batches of this size.
    private const int MaxBatchBytes = 1_000_000;

    // Bounds of librdkafka's message.max.bytes.
    private const long SmallestMessageMaxBytes = 1_000;
    private const long LargestMessageMaxBytes = 1_000_000_000;

    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(10);

    private readonly KafkaClientFactory _clients;
    private readonly KafkaPublisherOptions _options;
    private readonly ILogger _logger;
    private readonly TopicCatalog _catalog;
    private readonly Dictionary<(long Limit, string? Topic), ProducerSession> _sessions = [];

    // A topic that has stopped a producer gets one of its own, so that it cannot stop the others again and again.
    private readonly ConcurrentDictionary<string, string> _isolated = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <summary>Creates the publisher; nothing is connected yet.</summary>
    /// <param name="clients">Makes the Kafka clients; stays the caller's.</param>
    /// <param name="options">How to publish.</param>
    /// <param name="logger">Where failures of producers are told.</param>
    public KafkaRecordPublisher(KafkaClientFactory clients, KafkaPublisherOptions options, ILogger<KafkaRecordPublisher> logger)
    {
        ArgumentNullException.ThrowIfNull(clients);
        ArgumentNullException.ThrowIfNull(options);
        _clients = clients;
        _options = options;
        _logger = logger;
        _catalog = new TopicCatalog(clients);
    }

    /// <inheritdoc/>
    /// <exception cref="RecordRefusedException">The topic's rules will never accept a record; nothing was published.</exception>
    public async Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentNullException.ThrowIfNull(records);
        cancellationToken.ThrowIfCancellationRequested();
        if (records.Count > 0)
        {
            await _clients.Instruments.Messaging.SendAsync(topic, records.Count, () => SendAsync(topic, records, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        return (await _catalog.GetAsync(topic, cancellationToken).ConfigureAwait(false)).MaxRecordBytes;
    }

    /// <inheritdoc/>
    /// <remarks>librdkafka asks for the identity of an idempotent producer half a second after it was made: it is made before it is
    /// known which record size the topics take, for the one that most do.</remarks>
    public async Task PrepareAsync(IReadOnlyCollection<string> topics, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topics);
        foreach (var topic in topics)
        {
            _ = SessionFor(topic, TopicFacts.LimitUnlessTold(_clients.Connection.BootstrapServers));
        }

        foreach (var topic in topics)
        {
            _ = SessionFor(topic, (await _catalog.GetAsync(topic, cancellationToken).ConfigureAwait(false)).MaxRecordBytes);
        }
    }

    /// <summary>Waits up to ten seconds for calls in flight, then closes the producers; calls that are left fail.</summary>
    public async ValueTask DisposeAsync()
    {
        ProducerSession[] sessions;
        lock (_sessions)
        {
            _disposed = true;
            sessions = [.. _sessions.Values];
            _sessions.Clear();
        }

        await Task.WhenAll(sessions.Select(session => session.CloseAsync(ClosePatience))).ConfigureAwait(false);
        _catalog.Dispose();
    }

    private async Task SendAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        var facts = await _catalog.GetAsync(topic, cancellationToken).ConfigureAwait(false);
        TopicRules.Check(topic, facts, records, _clients.Time.GetUtcNow());
        await SessionFor(topic, facts.MaxRecordBytes).PublishAsync(topic, facts.Partitions, records, cancellationToken).ConfigureAwait(false);
    }

    private ProducerSession SessionFor(string topic, long limit)
    {
        var key = (limit, _isolated.GetValueOrDefault(topic));
        lock (_sessions)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_sessions.TryGetValue(key, out var session) || !session.IsAlive)
            {
                session = new ProducerSession(ConfigFor(limit), _clients, OnFailure, _logger);
                _sessions[key] = session;
            }

            return session;
        }
    }

    /// <summary>Why each of them: README.md.</summary>
    private ProducerConfig ConfigFor(long limit)
    {
        var config = new ProducerConfig
        {
            Acks = Acks.All,
            EnableIdempotence = true,
            EnableGaplessGuarantee = true,
            MessageTimeoutMs = 0,
            RequestTimeoutMs = 20_000,
            MaxInFlight = _options.MaxInFlight,
            MessageMaxBytes = (int)Math.Clamp(limit, SmallestMessageMaxBytes, LargestMessageMaxBytes),
            BatchSize = (int)Math.Min(limit, MaxBatchBytes),
            LingerMs = _options.Linger.TotalMilliseconds,
            CompressionType = _options.Compression,
            Partitioner = Confluent.Kafka.Partitioner.Murmur2Random,
            QueueBufferingMaxMessages = _options.MaxQueuedRecords,
            QueueBufferingMaxKbytes = _options.MaxQueuedKibibytes,
            AllowAutoCreateTopics = false,
            TopicMetadataRefreshIntervalMs = 60_000,
        };
        _clients.Apply(config);
        return config;
    }

    private void OnFailure(ProducerFailure failure)
    {
        if (failure.Topic is not null)
        {
            _catalog.Forget(failure.Topic);
            _isolated.TryAdd(failure.Topic, failure.Topic);
        }

        if (failure.Code != ErrorCode.Local_Destroy)
        {
            _clients.Instruments.ProducerFailed(failure.Topic ?? "-");
            var explanation = failure.Explain(failure.Topic);
            ProducerFailed(_logger, failure.Topic ?? "-", explanation);
        }
    }

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning, Message = "A producer stopped at a failure of topic {Topic} and is replaced; calls in flight fail and are published again. {Explanation}")]
    private static partial void ProducerFailed(ILogger logger, string topic, string explanation);
}
