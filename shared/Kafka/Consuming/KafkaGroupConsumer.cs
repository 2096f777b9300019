using Confluent.Kafka;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka.Consuming;

/// <summary>A member of a consumer group on a Kafka broker. A slow partition is paused while polling goes on; rebalances are
/// cooperative.</summary>
/// <typeparam name="TRecord">The type that records are handed over as.</typeparam>
/// <remarks>One thread polls.</remarks>
public sealed partial class KafkaGroupConsumer<TRecord> : IGroupConsumer
{
    /// <summary>How long a poll waits when there is nothing to read.</summary>
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the poll thread waits for room before it pauses the partition: pausing throws prefetched records away.</summary>
    private static readonly TimeSpan PatienceBeforePause = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a cancelled batch may take to end.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ErrorReminder = TimeSpan.FromSeconds(30);

    private const int PrefetchKilobytes = 16 * 1024;

    /// <summary>Records between two signals to the workers while there is always more to read.</summary>
    private const int SignalInterval = 512;

    private readonly KafkaClientFactory _clients;
    private readonly GroupConsumerOptions _options;
    private readonly Func<InputRecord, TRecord> _read;
    private readonly ProcessBatch<TRecord> _process;
    private readonly IAssignmentObserver? _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Dictionary<int, PartitionWorker<TRecord>> _workers = [];
    private readonly List<PartitionWorker<TRecord>> _touched = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PartitionWorker<TRecord>? _waitedFor;
    private TimeSpan _waited;
    private long? _errorLogged;
    private volatile bool _ready;

    /// <summary>Creates the consumer; <see cref="Start"/> joins the group.</summary>
    /// <param name="clients">Makes the client.</param>
    /// <param name="options">What to read.</param>
    /// <param name="read">Makes the record that is handed over. Called on the poll thread: keep it cheap.</param>
    /// <param name="process">Processes a batch.</param>
    /// <param name="logger">Lifecycle at Information, what was recovered from at Warning.</param>
    /// <param name="observer">Is told the assignments; null for nobody.</param>
    /// <param name="time">Default the system's.</param>
    public KafkaGroupConsumer(
        KafkaClientFactory clients,
        GroupConsumerOptions options,
        Func<InputRecord, TRecord> read,
        ProcessBatch<TRecord> process,
        ILogger logger,
        IAssignmentObserver? observer = null,
        TimeProvider? time = null)
    {
        _clients = clients;
        _options = options;
        _read = read;
        _process = process;
        _logger = logger;
        _observer = observer;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public bool IsReady => _ready;

    /// <inheritdoc/>
    public void Start() => new Thread(Run) { IsBackground = true, Name = $"kafka-{_options.ConsumerGroup}" }.Start();

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await using (cancellationToken.Register(_abandon.Cancel).ConfigureAwait(false))
        {
            await _ended.Task.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        _abandon.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var consumer = Build();
                try
                {
                    consumer.Subscribe(_options.Topic);
                    Poll(consumer);
                }
                catch (Exception error)
                {
                    // Nobody is above this thread: an error that gets out of it ends the process, even of a consumer that stops.
                    LogRestart(error, _options.ConsumerGroup, _options.Topic);
                    LetGo(consumer, [.. _workers.Keys], commit: false);
                    _stop.Token.WaitHandle.WaitOne(RestartDelay);
                }
                finally
                {
                    LetGo(consumer, [.. _workers.Keys], commit: true);
                    Close(consumer);
                }
            }
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private void Close(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            consumer.Close();
        }
        catch (KafkaException error)
        {
            LogCloseFailed(error, _options.ConsumerGroup);
        }
    }

    private void Poll(IConsumer<byte[]?, byte[]?> consumer)
    {
        var wait = IdlePoll;
        var unsignalled = 0;
        while (!_stop.IsCancellationRequested)
        {
            ConsumeResult<byte[]?, byte[]?>? result;
            try
            {
                result = consumer.Consume(wait);
            }
            catch (ConsumeException error) when (!error.Error.IsFatal)
            {
                OnError(error.Error);
                continue;
            }

            if (result is null)
            {
                SignalTouched();
                unsignalled = 0;
                wait = IdlePoll;
                ThrowIfWorkerFailed();
                ResumeDrained(consumer);
                continue;
            }

            wait = TimeSpan.Zero;
            if (!_workers.TryGetValue(result.Partition.Value, out var worker))
            {
                continue;
            }

            Add(worker, result);
            if (_waitedFor is not null && !ReferenceEquals(worker, _waitedFor))
            {
                _waitedFor = null;
            }

            if (++unsignalled >= SignalInterval || !worker.HasRoom)
            {
                SignalTouched();
                unsignalled = 0;
                ThrowIfWorkerFailed();
                ResumeDrained(consumer);
                if (!worker.HasRoom)
                {
                    WaitForRoomOrPause(consumer, worker);
                }
            }
        }
    }

    /// <summary>Waits for a full partition. It is paused where it takes long, or where one wait after the other keeps records of a
    /// partition with nothing to do behind its own.</summary>
    private void WaitForRoomOrPause(IConsumer<byte[]?, byte[]?> consumer, PartitionWorker<TRecord> worker)
    {
        if (!ReferenceEquals(worker, _waitedFor))
        {
            _waitedFor = worker;
            _waited = TimeSpan.Zero;
        }

        var started = _time.GetTimestamp();
        var hasRoom = worker.WaitForRoom(PatienceBeforePause);
        _waited += _time.GetElapsedTime(started);
        if (!hasRoom || (_waited >= PatienceBeforePause && _workers.Values.Any(other => IsStarved(consumer, other))))
        {
            Pause(consumer, worker);
            _waitedFor = null;
        }
    }

    private bool IsStarved(IConsumer<byte[]?, byte[]?> consumer, PartitionWorker<TRecord> worker) =>
        !worker.IsPaused && worker.IsEmpty
        && consumer.GetWatermarkOffsets(new TopicPartition(_options.Topic, worker.Partition)).High.Value > (worker.AddedUpTo ?? 0);

    private void Add(PartitionWorker<TRecord> worker, ConsumeResult<byte[]?, byte[]?> result)
    {
        var message = result.Message;
        var record = _read(new InputRecord(
            _options.Topic,
            result.Partition.Value,
            result.Offset.Value,
            message.Key,
            message.Value,
            message.Timestamp.UnixTimestampMs,
            ToHeaders(message.Headers)));
        worker.Add(record, result.Offset.Value, (message.Key?.Length ?? 0) + (message.Value?.Length ?? 0));
        if (_touched.Count == 0 || !ReferenceEquals(_touched[^1], worker))
        {
            _touched.Add(worker);
        }
    }

    private static RecordHeader[] ToHeaders(Headers? headers)
    {
        if (headers is null || headers.Count == 0)
        {
            return [];
        }

        var copy = new RecordHeader[headers.Count];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = new RecordHeader(headers[i].Key, headers[i].GetValueBytes());
        }

        return copy;
    }

    private void SignalTouched()
    {
        foreach (var worker in _touched)
        {
            worker.Signal();
        }

        _touched.Clear();
    }

    private void Pause(IConsumer<byte[]?, byte[]?> consumer, PartitionWorker<TRecord> worker)
    {
        if (!worker.IsPaused)
        {
            consumer.Pause([new TopicPartition(_options.Topic, worker.Partition)]);
            worker.IsPaused = true;
            LogPaused(_options.Topic, worker.Partition);
        }
    }

    private void ResumeDrained(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach (var worker in _workers.Values)
        {
            if (worker.IsPaused && worker.HasRoom)
            {
                consumer.Resume([new TopicPartition(_options.Topic, worker.Partition)]);
                worker.IsPaused = false;
                LogResumed(_options.Topic, worker.Partition);
            }
        }
    }

    private void ThrowIfWorkerFailed()
    {
        foreach (var worker in _workers.Values)
        {
            if (worker.Completion.IsFaulted)
            {
                worker.Completion.GetAwaiter().GetResult();
            }
        }
    }

    private void OnAssigned(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartition> assigned)
    {
        var partitions = assigned.ConvertAll(partition => partition.Partition.Value);
        _observer?.Assigned(partitions);
        foreach (var partition in partitions)
        {
            _workers[partition] = new PartitionWorker<TRecord>(partition, _options, _process, (done, next) => Store(consumer, done, next), _abandon.Token);
        }

        _ready = true;
        LogAssigned(_options.ConsumerGroup, _options.Topic, partitions);
    }

    private void Store(IConsumer<byte[]?, byte[]?> consumer, int partition, long next)
    {
        try
        {
            consumer.StoreOffset(new TopicPartitionOffset(_options.Topic, partition, next));
        }
        catch (KafkaException error)
        {
            // The partition is another's already: that one reads the batch again.
            LogStoreFailed(error, _options.Topic, partition, next);
        }
    }

    /// <summary>Ends the work on partitions; when it returns nothing of them is in hand.</summary>
    private void LetGo(IConsumer<byte[]?, byte[]?> consumer, List<int> partitions, bool commit)
    {
        var workers = partitions.Where(_workers.ContainsKey).Select(partition => _workers[partition]).ToList();
        if (workers.Count == 0)
        {
            return;
        }

        workers.ForEach(worker => worker.Stop());
        if (!commit || !WaitForAll(workers, _options.RevokeTimeout))
        {
            workers.ForEach(worker => worker.Cancel());
            if (!WaitForAll(workers, CancelTimeout))
            {
                LogIgnoresCancellation(_options.ConsumerGroup, _options.Topic);
            }
        }

        if (commit)
        {
            Commit(consumer, workers);
        }

        workers.ForEach(worker =>
        {
            _workers.Remove(worker.Partition);
            _touched.RemoveAll(touched => touched == worker);
            if (worker.Completion.IsCompleted)
            {
                worker.Dispose();
            }
        });
        _observer?.Revoked(partitions);
        LogRevoked(_options.ConsumerGroup, _options.Topic, partitions, commit ? "committed" : "lost");
    }

    private static bool WaitForAll(List<PartitionWorker<TRecord>> workers, TimeSpan timeout) =>
        Task.WhenAll(workers.Select(worker => worker.Completion.ContinueWith(_ => { }, TaskScheduler.Default))).Wait(timeout);

    private void Commit(IConsumer<byte[]?, byte[]?> consumer, List<PartitionWorker<TRecord>> workers)
    {
        var offsets = workers.Where(worker => worker.NextOffset is not null)
            .Select(worker => new TopicPartitionOffset(_options.Topic, worker.Partition, worker.NextOffset!.Value))
            .ToList();
        try
        {
            if (offsets.Count > 0)
            {
                consumer.Commit(offsets);
            }
        }
        catch (KafkaException error)
        {
            // The next owner reads from the last commit: at least once.
            LogCommitFailed(error, _options.ConsumerGroup, _options.Topic);
        }
    }

    private void OnError(Error error)
    {
        if (_errorLogged is null || _time.GetElapsedTime(_errorLogged.Value) >= ErrorReminder)
        {
            _errorLogged = _time.GetTimestamp();
            LogConsumeError(_options.ConsumerGroup, _options.Topic, error.Reason);
        }
    }

    private IConsumer<byte[]?, byte[]?> Build()
    {
        var config = _clients.CreateConsumerConfig(_options.ConsumerGroup);
        config.AutoOffsetReset = _options.FromLatest ? AutoOffsetReset.Latest : AutoOffsetReset.Earliest;
        config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
        config.ConsumeResultFields = "headers,timestamp";

        // Stored by us when a batch is done, committed by the client in the background.
        config.EnableAutoCommit = true;

        // Prefetch per partition: enough to keep the workers busy, bounded so that a slow function does not fill the memory.
        config.QueuedMaxMessagesKbytes = PrefetchKilobytes;

        // When the prefetch is full, the client looks again after this long; its default of a second starves a fast function.
        config.FetchQueueBackoffMs = 20;
        foreach (var (name, value) in _options.ClientProperties)
        {
            config.Set(name, value);
        }

        return _clients.CreateConsumerBuilder(config, OnError)
            .SetPartitionsAssignedHandler(OnAssigned)
            .SetPartitionsRevokedHandler((consumer, revoked) => LetGo(consumer, revoked.ConvertAll(p => p.Partition.Value), commit: true))
            .SetPartitionsLostHandler((consumer, lost) => LetGo(consumer, lost.ConvertAll(p => p.Partition.Value), commit: false))
            .Build();
    }
}
