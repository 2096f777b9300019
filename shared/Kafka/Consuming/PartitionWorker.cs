using KafkaFunctions.Streams.Brokers.Consuming;

namespace KafkaFunctions.Kafka.Consuming;

/// <summary>One owned partition: a bounded buffer that the poll thread fills, and a loop that takes batches out and processes them
/// one after the other.</summary>
internal sealed class PartitionWorker<TRecord> : IDisposable
{
    /// <summary>How many full batches the buffer holds: the next one is there when the one in hand is done.</summary>
    private const int BufferedBatches = 2;

    private readonly Queue<Entry> _buffer = new();
    private readonly CancellationTokenSource _cancellation;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _room = new(true);
    private readonly GroupConsumerOptions _options;
    private readonly ProcessBatch<TRecord> _process;
    private readonly Action<int, long> _done;
    private TaskCompletionSource? _waiter;
    private long _bytes;
    private bool _stopped;

    /// <param name="partition">The partition.</param>
    /// <param name="options">Limits of a batch.</param>
    /// <param name="process">Processes a batch.</param>
    /// <param name="done">Told the offset to commit after each batch.</param>
    /// <param name="abandon">Cancels the batch in hand.</param>
    public PartitionWorker(
        int partition,
        GroupConsumerOptions options,
        ProcessBatch<TRecord> process,
        Action<int, long> done,
        CancellationToken abandon)
    {
        Partition = partition;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(abandon);
        _options = options;
        _process = process;
        _done = done;
        Completion = Task.Run(RunAsync, CancellationToken.None);
    }

    public int Partition { get; }

    /// <summary>Ends when the worker has stopped and nothing is in hand; faulted where processing raised an error.</summary>
    public Task Completion { get; }

    /// <summary>The offset after the last record that is done; null before the first.</summary>
    public long? NextOffset { get; private set; }

    /// <summary>Whether the poll thread has paused the partition. Used by the poll thread only.</summary>
    public bool IsPaused { get; set; }

    public bool HasRoom => _room.IsSet;

    /// <summary>The offset after the last record added; null before the first. Used by the poll thread only.</summary>
    public long? AddedUpTo { get; private set; }

    /// <summary>Whether nothing is buffered.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _buffer.Count == 0;
            }
        }
    }

    /// <summary>Adds a record. Takes it even without room: the caller looks at <see cref="HasRoom"/> before it polls on.</summary>
    public void Add(TRecord record, long offset, int bytes)
    {
        AddedUpTo = offset + 1;
        lock (_lock)
        {
            _buffer.Enqueue(new Entry(record, offset, bytes));
            _bytes += bytes;
            if (IsFull)
            {
                _room.Reset();
            }
        }
    }

    /// <summary>Lets the loop see what was added.</summary>
    public void Signal()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            waiter = _waiter;
            _waiter = null;
        }

        waiter?.TrySetResult();
    }

    /// <summary>Waits until there is room.</summary>
    public bool WaitForRoom(TimeSpan timeout) => _room.Wait(timeout);

    /// <summary>Takes no further batch; the one in hand goes on. What is buffered is dropped: it was not committed.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            _buffer.Clear();
            _bytes = 0;
        }

        _room.Set();
        Signal();
    }

    /// <summary>Cancels the batch in hand, after <see cref="Stop"/>.</summary>
    public void Cancel() => _cancellation.Cancel();

    public void Dispose()
    {
        _cancellation.Dispose();
        _room.Dispose();
    }

    private bool IsFull => _buffer.Count >= BufferedBatches * _options.MaxBatchRecords || _bytes >= BufferedBatches * (long)_options.MaxBatchBytes;

    private async Task RunAsync()
    {
        while (await WaitForRecordsAsync().ConfigureAwait(false))
        {
            var records = Take(out var next);
            if (records.Length == 0)
            {
                continue;
            }

            await _process(Partition, records, next, _cancellation.Token).ConfigureAwait(false);
            NextOffset = next;
            _done(Partition, next);
        }
    }

    private async ValueTask<bool> WaitForRecordsAsync()
    {
        while (true)
        {
            Task signal;
            lock (_lock)
            {
                if (_stopped)
                {
                    return false;
                }

                if (_buffer.Count > 0)
                {
                    return true;
                }

                _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                signal = _waiter.Task;
            }

            await signal.ConfigureAwait(false);
        }
    }

    private TRecord[] Take(out long nextOffset)
    {
        nextOffset = 0;
        lock (_lock)
        {
            var records = new TRecord[Math.Min(_buffer.Count, _options.MaxBatchRecords)];
            long bytes = 0;
            var count = 0;
            while (count < records.Length)
            {
                var entry = _buffer.Peek();
                if (count > 0 && bytes + entry.Bytes > _options.MaxBatchBytes)
                {
                    break;
                }

                _buffer.Dequeue();
                records[count++] = entry.Record;
                bytes += entry.Bytes;
                nextOffset = entry.Offset + 1;
            }

            _bytes -= bytes;
            if (!IsFull)
            {
                _room.Set();
            }

            return count == records.Length ? records : records[..count];
        }
    }

    private readonly record struct Entry(TRecord Record, long Offset, int Bytes);
}
