using Confluent.Kafka;
using KafkaFunctions.Kafka.Native;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka.Consuming;

/// <summary>A member of a consumer group on a Kafka broker. A slow partition is paused while polling goes on; rebalances are
/// cooperative.</summary>
/// <typeparam name="TRecord">The type that records are handed over as.</typeparam>
/// <remarks>One thread polls.</remarks>
public sealed partial class KafkaGroupConsumer<TRecord> : IGroupConsumer, INativeConsumerEvents
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
    private readonly ManualResetEventSlim _join = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PartitionWorker<TRecord>? _lastWorker;
    private TimeSpan _waited;
    private Error? _fatal;
    private long? _errorLogged;
    private volatile bool _ready;
    private bool _prepared;

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
    public void Prepare()
    {
        _prepared = true;
        new Thread(Run) { IsBackground = true, Name = $"kafka-{_options.ConsumerGroup}" }.Start();
    }

    /// <inheritdoc/>
    public void Start()
    {
        _join.Set();
        if (!_prepared)
        {
            Prepare();
        }
    }

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
        _join.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var consumer = TryBuild();
                if (!WaitToJoin() || consumer is null)
                {
                    continue;
                }

                try
                {
                    using var fetched = new FetchedRecords(consumer, _options.Topic);
                    consumer.Subscribe(_options.Topic);
                    Poll(consumer, fetched);
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

    /// <summary>Makes the client; ahead of the start only if it can: the start tells what is wrong.</summary>
    private IConsumer<byte[]?, byte[]?>? TryBuild()
    {
        try
        {
            return Build();
        }
        catch (Exception error) when (!_join.IsSet && error is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <returns>Whether the consumer was started; it was stopped otherwise.</returns>
    private bool WaitToJoin()
    {
        try
        {
            _join.Wait(_stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
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

    private void Poll(IConsumer<byte[]?, byte[]?> consumer, FetchedRecords fetched)
    {
        while (!_stop.IsCancellationRequested)
        {
            // One record is waited for; with it others have come, mostly.
            var more = Wait(consumer);
            do
            {
                more = more && TakeAll(fetched);
                SignalTouched(consumer);
                ThrowIfFailed();
                ResumeDrained(consumer);
            }
            while (more && !_stop.IsCancellationRequested);
        }
    }

    /// <summary>Takes as many records as the fullest partition has room for.</summary>
    /// <returns>Whether there may be more.</returns>
    private bool TakeAll(FetchedRecords fetched)
    {
        var room = FetchedRecords.MostRecords;
        foreach (var worker in _workers.Values)
        {
            room = worker.IsPaused ? room : Math.Min(room, worker.Room);
        }

        return fetched.Take(Math.Max(room, 1), this) >= room;
    }

    /// <summary>Waits for the next record and adds it.</summary>
    private bool Wait(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            if (consumer.Consume(IdlePoll) is not { } result)
            {
                return false;
            }

            var message = result.Message;
            OnRecord(new InputRecord(
                _options.Topic,
                result.Partition.Value,
                result.Offset.Value,
                message.Key,
                message.Value,
                message.Timestamp.UnixTimestampMs,
                ToHeaders(message.Headers)));
            return true;
        }
        catch (ConsumeException error) when (!error.Error.IsFatal)
        {
            OnError(error.Error.Code, error.Error.Reason);
            return false;
        }
    }

    void INativeConsumerEvents.OnRecord(in InputRecord record) => OnRecord(record);

    void INativeConsumerEvents.OnError(ErrorCode code, string reason)
    {
        OnError(code, reason);
        _fatal = code == ErrorCode.Local_Fatal ? new Error(code, reason, isFatal: true) : _fatal;
    }

    private void OnRecord(in InputRecord record)
    {
        if (_lastWorker?.Partition != record.Partition && !_workers.TryGetValue(record.Partition, out _lastWorker))
        {
            return;
        }

        if (_touched.Count == 0 || !ReferenceEquals(_touched[^1], _lastWorker))
        {
            _touched.Add(_lastWorker);
        }

        _lastWorker.Add(_read(record), record.Offset, (record.Key?.Length ?? 0) + (record.Value?.Length ?? 0));
    }

    /// <summary>Lets the workers see what was added, and waits for those that are full.</summary>
    private void SignalTouched(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach (var worker in _touched)
        {
            worker.Signal();
        }

        if (_touched.Exists(worker => worker.HasRoom))
        {
            _waited = TimeSpan.Zero;
        }

        foreach (var worker in _touched)
        {
            if (!worker.HasRoom && !worker.IsPaused)
            {
                WaitForRoomOrPause(consumer, worker);
            }
        }

        _touched.Clear();
    }

    /// <summary>Waits for a full partition. It is paused where it takes long, or where one wait after the other keeps records of a
    /// partition with nothing to do behind its own.</summary>
    private void WaitForRoomOrPause(IConsumer<byte[]?, byte[]?> consumer, PartitionWorker<TRecord> worker)
    {
        var started = _time.GetTimestamp();
        var hasRoom = worker.WaitForRoom(PatienceBeforePause);
        _waited += _time.GetElapsedTime(started);
        if (!hasRoom || (_waited >= PatienceBeforePause && _workers.Values.Any(other => IsStarved(consumer, other))))
        {
            Pause(consumer, worker);
            _waited = TimeSpan.Zero;
        }
    }

    private bool IsStarved(IConsumer<byte[]?, byte[]?> consumer, PartitionWorker<TRecord> worker) =>
        !worker.IsPaused && worker.IsEmpty
        && consumer.GetWatermarkOffsets(new TopicPartition(_options.Topic, worker.Partition)).High.Value > (worker.AddedUpTo ?? 0);

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

    private void ThrowIfFailed()
    {
        if (_fatal is { } fatal)
        {
            _fatal = null;
            throw new KafkaException(fatal);
        }

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
            _workers[partition] = new PartitionWorker<TRecord>(partition, _options, ProcessAsync, (done, next) => Store(consumer, done, next), _abandon.Token);
        }

        _ready = true;
        _clients.Instruments.Rebalanced(_options.ConsumerGroup, "assigned");
        LogAssigned(_options.ConsumerGroup, _options.Topic, partitions);
    }

    private Task ProcessAsync(int partition, TRecord[] records, long nextOffset, CancellationToken cancellationToken)
    {
        _clients.Instruments.Messaging.Consumed(_options.Topic, _options.ConsumerGroup, records.Length);
        return _process(partition, records, nextOffset, cancellationToken);
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
            _lastWorker = null;
            if (worker.Completion.IsCompleted)
            {
                worker.Dispose();
            }
        });
        _observer?.Revoked(partitions);
        _ready = _ready && commit;
        _clients.Instruments.Rebalanced(_options.ConsumerGroup, commit ? "revoked" : "lost");
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

    private void OnError(ErrorCode code, string reason)
    {
        if (_errorLogged is null || _time.GetElapsedTime(_errorLogged.Value) >= ErrorReminder)
        {
            _errorLogged = _time.GetTimestamp();
            LogConsumeError(_options.ConsumerGroup, _options.Topic, reason.Length > 0 ? reason : code.ToString());
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

        return _clients.CreateConsumerBuilder(config, error => OnError(error.Code, error.Reason))
            .SetPartitionsAssignedHandler(OnAssigned)
            .SetPartitionsRevokedHandler((consumer, revoked) => LetGo(consumer, revoked.ConvertAll(p => p.Partition.Value), commit: true))
            .SetPartitionsLostHandler((consumer, lost) => LetGo(consumer, lost.ConvertAll(p => p.Partition.Value), commit: false))
            .Build();
    }
}
