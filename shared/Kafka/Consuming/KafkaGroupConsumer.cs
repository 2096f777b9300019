using Confluent.Kafka;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka.Consuming;

/// <summary>A member of a consumer group on a Kafka broker. Each partition is read by itself, as fast as it is processed; rebalances
/// are cooperative.</summary>
/// <typeparam name="TRecord">The type that records are handed over as.</typeparam>
/// <remarks>One thread polls for what concerns the group.</remarks>
public sealed partial class KafkaGroupConsumer<TRecord> : IGroupConsumer
{
    /// <summary>How long a poll waits when there is nothing of the group.</summary>
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a cancelled batch may take to end.</summary>
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ErrorReminder = TimeSpan.FromSeconds(30);

    /// <summary>What is fetched of a partition beside a full batch, so that the next one is there when the one in hand is done.</summary>
    private const int PrefetchBytesBehind = 4 * 1024 * 1024;

    private readonly KafkaClientFactory _clients;
    private readonly GroupConsumerOptions _options;
    private readonly Func<InputRecord, TRecord> _read;
    private readonly ProcessBatch<TRecord> _process;
    private readonly IAssignmentObserver? _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Dictionary<int, PartitionWorker<TRecord>> _workers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly ManualResetEventSlim _join = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Error? _fatal;
    private long _errorLogged;
    private volatile bool _ready;
    private bool _prepared;

    /// <summary>Creates the consumer; <see cref="Start"/> joins the group.</summary>
    /// <param name="clients">Makes the client.</param>
    /// <param name="options">What to read.</param>
    /// <param name="read">Makes the record that is handed over. Called by several threads at a time: keep it cheap.</param>
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

    private void Poll(IConsumer<byte[]?, byte[]?> consumer)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (consumer.Consume(IdlePoll) is { } astray)
                {
                    throw new InvalidOperationException($"A record of {astray.TopicPartitionOffset} came by the consumer's own queue.");
                }
            }
            catch (ConsumeException error) when (!error.Error.IsFatal)
            {
                OnError(error.Error.Code, error.Error.Reason);
            }

            ThrowIfFailed();
        }
    }

    private void ThrowIfFailed()
    {
        if (Interlocked.Exchange(ref _fatal, null) is { } fatal)
        {
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
            _workers[partition] = new PartitionWorker<TRecord>(
                consumer, partition, _options, _read, _process, (done, next) => Store(consumer, done, next), OnError, _abandon.Token);
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
            worker.Dispose();
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

    /// <summary>Trouble with reading. Called by several threads at a time.</summary>
    private void OnError(ErrorCode code, string reason)
    {
        if (code == ErrorCode.Local_Fatal)
        {
            _fatal = new Error(code, reason, isFatal: true);
        }

        var now = _time.GetTimestamp();
        var logged = Interlocked.Read(ref _errorLogged);
        if ((logged == 0 || _time.GetElapsedTime(logged, now) >= ErrorReminder) && Interlocked.CompareExchange(ref _errorLogged, now, logged) == logged)
        {
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

        // Per partition, as each has a queue of its own: bounded so that a slow function does not fill the memory.
        config.QueuedMaxMessagesKbytes = (int)(((long)_options.MaxBatchBytes + PrefetchBytesBehind) / 1024);

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
