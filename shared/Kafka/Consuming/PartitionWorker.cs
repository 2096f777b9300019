using Confluent.Kafka;
using KafkaFunctions.Kafka.Native;
using KafkaFunctions.Streams.Brokers.Consuming;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Kafka.Consuming;

/// <summary>One owned partition: a loop that takes batches out of its queue and processes them one after the other. Records are made
/// when a batch is taken, not before: whatever waits is moved by the garbage collector, again and again.</summary>
internal sealed class PartitionWorker<TRecord> : INativeConsumerEvents, IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancellation;
    private readonly GroupConsumerOptions _options;
    private readonly Func<InputRecord, TRecord> _read;
    private readonly ProcessBatch<TRecord> _process;
    private readonly Action<int, long> _done;
    private readonly Action<ErrorCode, string> _failed;
    private readonly PartitionQueue _queue;
    private readonly List<Taken> _taken = [];
    private TaskCompletionSource? _waiter;
    private volatile bool _stopped;

    /// <param name="consumer">The consumer, before it is assigned the partition.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="options">Limits of a batch.</param>
    /// <param name="read">Makes the record that is handed over.</param>
    /// <param name="process">Processes a batch.</param>
    /// <param name="done">Told the offset to commit after each batch.</param>
    /// <param name="failed">Told of trouble with reading.</param>
    /// <param name="abandon">Cancels the batch in hand.</param>
    public PartitionWorker(
        IClient consumer,
        int partition,
        GroupConsumerOptions options,
        Func<InputRecord, TRecord> read,
        ProcessBatch<TRecord> process,
        Action<int, long> done,
        Action<ErrorCode, string> failed,
        CancellationToken abandon)
    {
        Partition = partition;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        _options = options;
        _read = read;
        _process = process;
        _done = done;
        _failed = failed;
        _queue = new PartitionQueue(consumer, options.Topic, partition, Wake);
        Completion = Task.Run(RunAsync, CancellationToken.None);
    }

    public int Partition { get; }

    /// <summary>Ends when the worker has stopped and nothing is in hand; faulted where processing raised an error.</summary>
    public Task Completion { get; }

    /// <summary>The offset after the last record that is done; null before the first.</summary>
    public long? NextOffset { get; private set; }

    /// <summary>Takes no further batch; the one in hand goes on.</summary>
    public void Stop()
    {
        _stopped = true;
        Wake();
    }

    /// <summary>Cancels the batch in hand, after <see cref="Stop"/>.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>After <see cref="Completion"/>, or where a batch ignores that it is cancelled; before the consumer is disposed.</summary>
    public void Dispose()
    {
        _queue.Dispose();
        if (Completion.IsCompleted)
        {
            _cancellation.Dispose();
        }
    }

    void INativeConsumerEvents.OnRecord(in InputRecord record) =>
        _taken.Add(new Taken(_read(record), record.Offset, (record.Key?.Length ?? 0) + (record.Value?.Length ?? 0)));

    void INativeConsumerEvents.OnError(ErrorCode code, string reason) => _failed(code, reason);

    private async Task RunAsync()
    {
        while (true)
        {
            // Before the look into the queue: what arrives after it is noticed, too.
            var arrived = Arrival();
            if (_stopped)
            {
                return;
            }

            var records = TakeBatch(out var next);
            if (records.Length == 0)
            {
                await arrived.ConfigureAwait(false);
                continue;
            }

            await _process(Partition, records, next, _cancellation.Token).ConfigureAwait(false);
            NextOffset = next;
            _done(Partition, next);
        }
    }

    private Task Arrival()
    {
        lock (_lock)
        {
            return (_waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Wake()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            (waiter, _waiter) = (_waiter, null);
        }

        waiter?.TrySetResult();
    }

    /// <summary>Takes what is there, up to a full batch. What is over the limit of bytes is kept for the next one.</summary>
    private TRecord[] TakeBatch(out long next)
    {
        var count = 0;
        long bytes = 0;
        while (true)
        {
            for (; count < _taken.Count; count++)
            {
                bytes += _taken[count].Bytes;
                if (count > 0 && bytes > _options.MaxBatchBytes)
                {
                    return Cut(count, out next);
                }
            }

            var most = Math.Min(PartitionQueue.MostRecords, _options.MaxBatchRecords - count);
            if (most == 0 || (_queue.Take(most, this) < most && count == _taken.Count))
            {
                return Cut(count, out next);
            }
        }
    }

    private TRecord[] Cut(int count, out long next)
    {
        next = count == 0 ? 0 : _taken[count - 1].Offset + 1;
        var records = new TRecord[count];
        for (var i = 0; i < count; i++)
        {
            records[i] = _taken[i].Record;
        }

        _taken.RemoveRange(0, count);
        return records;
    }

    /// <summary>A record taken out of the queue.</summary>
    private readonly record struct Taken(TRecord Record, long Offset, int Bytes);
}
