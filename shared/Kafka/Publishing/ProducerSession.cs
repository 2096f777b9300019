using System.Collections.Concurrent;
using Confluent.Kafka;
using KafkaFunctions.Kafka.Native;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka;

/// <summary>
/// The life of one producer instance: from its creation to its first failure. Then nothing more is sent, every call in flight
/// fails, and the instance is destroyed. Safe for concurrent use.
/// </summary>
internal sealed partial class ProducerSession : INativeProducerEvents
{
    private const int PollMs = 100;
    private const int FatalPollMs = 20;

    private static readonly TimeSpan QueueFullPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BetweenWaitWarnings = TimeSpan.FromSeconds(30);

    private readonly NativeProducer _producer;
    private readonly KafkaClientFactory _clients;
    private readonly ILogger _logger;
    private readonly Action<ProducerFailure> _onFailure;
    private readonly ConcurrentDictionary<int, Delivery> _pending = new();
    private readonly TaskCompletionSource _destroyed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Of the polling thread alone: the delivery that the last report belonged to, and when waiting was last looked at.
    private int _lastId;
    private Delivery? _last;
    private long _lookedAt;

    private ProducerFailure? _fatal;
    private ProducerFailure? _failure;
    private int _nextId;
    private int _inside;
    private volatile bool _stopped;

    public ProducerSession(ProducerConfig config, KafkaClientFactory clients, Action<ProducerFailure> onFailure, ILogger logger)
    {
        _producer = new NativeProducer(config);
        _clients = clients;
        _onFailure = onFailure;
        _logger = logger;
        _lookedAt = clients.Time.GetTimestamp();
        new Thread(Pump) { IsBackground = true, Name = "kafka-publisher" }.Start();
    }

    /// <summary>False once something failed: make a new one.</summary>
    public bool IsAlive => Volatile.Read(ref _fatal) is null && Volatile.Read(ref _failure) is null && !_stopped;

    /// <summary>Publishes the records and waits until all are acknowledged.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="partitions">Its number of partitions.</param>
    /// <param name="records">The records; each fits the topic.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="PublishException">The session failed.</exception>
    public async Task PublishAsync(string topic, int partitions, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(topic, records, _clients.Time.GetTimestamp());
        var id = Interlocked.Increment(ref _nextId);
        _pending[id] = delivery;
        try
        {
            // Whoever fails the session looks at the pending calls after setting the failure: one of the two sees the other.
            if (Volatile.Read(ref _failure) is { } failure)
            {
                throw failure.ToException(topic);
            }

            var sent = 0;
            while ((sent = Send(delivery, id, partitions, sent, out var refusal)) < records.Count)
            {
                if (refusal is not null)
                {
                    Fail(refusal);
                }

                if (delivery.Task.IsFaulted)
                {
                    break;
                }

                await Task.Delay(QueueFullPause, _clients.Time, cancellationToken).ConfigureAwait(false);
            }

            await delivery.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Waits a while for calls in flight, then ends the session.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        var calls = _pending.Values.Select(delivery => delivery.Task).ToArray();
        if (calls.Length > 0)
        {
            await Task.WhenAny(Task.WhenAll(calls), Task.Delay(patience, _clients.Time)).ConfigureAwait(false);
        }

        Fail(new ProducerFailure(null, ErrorCode.Local_Destroy, "the publisher was closed"));
        await _destroyed.Task.ConfigureAwait(false);
    }

    void INativeProducerEvents.OnDelivered(nint opaque, int partition, long offset)
    {
        var id = (int)(opaque >> 32);
        if (_last is null || id != _lastId)
        {
            // A cancelled call has gone; its records need no report.
            if (!_pending.TryGetValue(id, out var delivery))
            {
                return;
            }

            (_lastId, _last) = (id, delivery);
        }

        // A repeated send may be acknowledged without an offset, which librdkafka writes as another negative number.
        _last.Acknowledge((int)opaque, partition, Math.Max(offset, -1));
    }

    void INativeProducerEvents.OnRefused(string topic, ErrorCode code, string reason) =>
        Fail(new ProducerFailure(topic, code, reason));

    void INativeProducerEvents.OnError(ErrorCode code, string reason, bool fatal)
    {
        if (fatal)
        {
            // The report of the batch at fault follows and knows more: Pump fails the session when it does not come.
            Volatile.Write(ref _fatal, new ProducerFailure(null, code, reason));
        }
        else
        {
            _clients.Watch.OnError(code, reason);
        }
    }

    void INativeProducerEvents.OnLog(int level, string client, string facility, string line) =>
        _clients.Log.Write(level, client, facility, line);

    void INativeProducerEvents.OnTokenWanted() => _clients.Tokens?.Refresh(_producer);

    private static nint OpaqueOf(int id, int index) => ((nint)id << 32) | (nint)(uint)index;

    private static int PartitionOf(OutputRecord record, int partitions) =>
        record.Key is null && record.Identity is not null
            ? KeyPartitioner.PartitionOf(record.Identity, partitions)
            : NativeProducer.AnyPartition;

    /// <summary>Queues the records from <paramref name="next"/> on.</summary>
    /// <returns>The index of the first that was not queued: the queue is full, the session has stopped, or it is refused.</returns>
    private int Send(Delivery delivery, int id, int partitions, int next, out ProducerFailure? refusal)
    {
        refusal = null;
        Interlocked.Increment(ref _inside);
        try
        {
            if (!IsAlive)
            {
                return next;
            }

            var topic = _producer.Topic(delivery.Topic);
            for (; next < delivery.Records.Count && IsAlive; next++)
            {
                var record = delivery.Records[next];
                var code = _producer.Produce(topic, PartitionOf(record, partitions), record, OpaqueOf(id, next), out var reason);
                if (code != ErrorCode.NoError)
                {
                    // A fatal error is on its way to Pump, with more to say.
                    refusal = code is ErrorCode.Local_QueueFull or ErrorCode.Local_Fatal ? null : new ProducerFailure(delivery.Topic, code, reason!);
                    return next;
                }
            }

            return next;
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    private void Pump()
    {
        while (!_stopped)
        {
            var fatal = Volatile.Read(ref _fatal);
            if (!_producer.Poll(fatal is null ? PollMs : FatalPollMs, this) && fatal is not null)
            {
                Fail(fatal);
            }

            WarnOfLongWait();
        }

        WaitUntilNobodyIsInside();
        _producer.Destroy();
        _destroyed.TrySetResult();
    }

    /// <summary>Ends the session. Never called from inside <see cref="Send"/>.</summary>
    private void Fail(ProducerFailure failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is not null)
        {
            return;
        }

        // First nothing more may leave, then the callers hear of it: their records go out again by another producer, and
        // nothing of this one may come in between. Nor may a record be queued after the purge that took earlier ones.
        WaitUntilNobodyIsInside();
        _producer.Purge();
        _onFailure(failure);
        foreach (var delivery in _pending.Values)
        {
            delivery.Fail(failure);
        }

        _stopped = true;
    }

    /// <summary>Takes microseconds: nothing in <see cref="Send"/> waits, and it leaves when the session is no longer alive.</summary>
    private void WaitUntilNobodyIsInside()
    {
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _inside) > 0)
        {
            spinner.SpinOnce();
        }
    }

    private void WarnOfLongWait()
    {
        if (_clients.Time.GetElapsedTime(_lookedAt) < BetweenWaitWarnings)
        {
            return;
        }

        _lookedAt = _clients.Time.GetTimestamp();
        foreach (var delivery in _pending.Values)
        {
            var waited = _clients.Time.GetElapsedTime(delivery.Started);
            if (waited >= BetweenWaitWarnings)
            {
                var seconds = waited.TotalSeconds;
                StillWaiting(_logger, delivery.Records.Count, delivery.Topic, seconds, _pending.Count);
                return;
            }
        }
    }

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning, Message = "{Records} records for topic {Topic} have waited {Seconds:F0} s for the broker's acknowledgement ({Calls} calls wait). If this lasts, check that every partition has a leader and min.insync.replicas in-sync replicas.")]
    private static partial void StillWaiting(ILogger logger, int records, string topic, double seconds, int calls);
}
