using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Embedded.Consuming;

/// <summary>A member of a consumer group on the embedded log. The group has one owner at a time, over all processes: the others
/// stand by and take over when it ends.</summary>
/// <typeparam name="TRecord">The type that records are handed over as.</typeparam>
public sealed partial class EmbeddedGroupConsumer<TRecord> : IGroupConsumer
{
    private static readonly TimeSpan StandbyInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FailureDelay = TimeSpan.FromSeconds(1);

    private readonly EmbeddedLog _log;
    private readonly GroupConsumerOptions _options;
    private readonly Func<InputRecord, TRecord> _read;
    private readonly ProcessBatch<TRecord> _process;
    private readonly IAssignmentObserver? _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _ready;

    /// <summary>Creates the consumer; <see cref="Start"/> joins the group.</summary>
    /// <param name="log">The embedded log.</param>
    /// <param name="options">What to read.</param>
    /// <param name="read">Makes the record that is handed over.</param>
    /// <param name="process">Processes a batch.</param>
    /// <param name="logger">Lifecycle at Information, what was recovered from at Warning.</param>
    /// <param name="observer">Is told the assignments; null for nobody.</param>
    /// <param name="time">Default the system's.</param>
    public EmbeddedGroupConsumer(
        EmbeddedLog log,
        GroupConsumerOptions options,
        Func<InputRecord, TRecord> read,
        ProcessBatch<TRecord> process,
        ILogger logger,
        IAssignmentObserver? observer = null,
        TimeProvider? time = null)
    {
        _log = log;
        _options = options;
        _read = read;
        _process = process;
        _logger = logger;
        _observer = observer;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public bool IsReady => _ready && _log.IsThere;

    /// <inheritdoc/>
    public void Start() => _running = Task.Run(RunAsync, CancellationToken.None);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await using (cancellationToken.Register(_abandon.Cancel).ConfigureAwait(false))
        {
            await _running.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        _abandon.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync()
    {
        var standingBy = false;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var lease = await _log.TryAcquireGroupAsync(_options.ConsumerGroup, _stop.Token).ConfigureAwait(false);
                if (lease is not null)
                {
                    standingBy = false;
                    await OwnAsync(lease).ConfigureAwait(false);
                    continue;
                }

                if (!standingBy)
                {
                    LogStandingBy(_options.ConsumerGroup, _log.DataDirectory);
                }

                standingBy = _ready = true;
                await Task.Delay(StandbyInterval, _time, _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                _ready = false;
                LogRestart(error is EmbeddedLogException ? null : error, _options.ConsumerGroup, _options.Topic, error.Message);
                await Task.Delay(FailureDelay, _time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task OwnAsync(GroupLease lease)
    {
        // One partition that fails ends the others, too: the group is then acquired anew.
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var committed = _log.GetCommitted(_options.ConsumerGroup, _options.Topic);
        var ends = _log.GetOffsets(_options.Topic);
        List<int> partitions = [.. committed.Select(partition => partition.Partition)];
        _observer?.Assigned(partitions);
        LogAssigned(_options.ConsumerGroup, _options.Topic, partitions);
        _ready = true;
        try
        {
            await Task.WhenAll(committed.Select(partition => Task.Run(
                () => ReadPartitionAsync(lease, partition.Partition, partition.Offset ?? StartOf(ends[partition.Partition]), lost),
                CancellationToken.None))).ConfigureAwait(false);
        }
        finally
        {
            _observer?.Revoked(partitions);
            LogRevoked(_options.ConsumerGroup, _options.Topic);
        }
    }

    private long StartOf(PartitionOffsets offsets) => _options.FromLatest ? offsets.End : offsets.Start;

    private async Task ReadPartitionAsync(GroupLease lease, int partition, long offset, CancellationTokenSource lost)
    {
        try
        {
            while (!lost.IsCancellationRequested)
            {
                var batch = _log.Read(_options.Topic, partition, offset, _options.MaxBatchRecords, _options.MaxBatchBytes);
                if (batch.Count == 0)
                {
                    await _log.WaitForAppendAsync(_options.Topic, partition, offset, lost.Token).ConfigureAwait(false);
                    continue;
                }

                var records = new TRecord[batch.Count];
                for (var i = 0; i < records.Length; i++)
                {
                    records[i] = _read(batch[i]);
                }

                offset = batch[^1].Offset + 1;
                _log.Messaging.Consumed(_options.Topic, _options.ConsumerGroup, records.Length);
                await _process(partition, records, offset, _abandon.Token).ConfigureAwait(false);
                await CommitAsync(lease, partition, offset).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // Stopped while it waited, or abandoned: what was not committed is read again.
        }
        catch
        {
            await lost.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task CommitAsync(GroupLease lease, int partition, long offset)
    {
        while (true)
        {
            try
            {
                await lease.CommitAsync([new GroupOffset(_options.Topic, partition, offset)], _abandon.Token).ConfigureAwait(false);
                return;
            }
            catch (EmbeddedLogException error)
            {
                LogCommitFailed(_options.ConsumerGroup, _options.Topic, partition, error.Message);
                await Task.Delay(FailureDelay, _time, _abandon.Token).ConfigureAwait(false);
            }
        }
    }
}
