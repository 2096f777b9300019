using KafkaFunctions.Streams.Brokers.Consuming;

namespace KafkaFunctions.Kafka.Consuming;

/// <summary>One owned partition: a bounded buffer that the poll thread fills, and a loop that takes batches out and processes them
/// one after the other.</summary>
internal sealed class PartitionWorker<TRecord> : IDisposable
{
    /// <summary>What the buffer holds beside a full batch, so that the next one is there when the one in hand is done. Whatever waits
    /// is moved by the garbage collector: large batches need no second one behind them.</summary>
    private const int MostRecordsBehind = 4_000;

    /// <summary>Most records that go from the poll thread to the loop in one piece.</summary>
    private const int ChunkRecords = 512;

    private readonly Queue<Chunk> _buffer = new();
    private readonly CancellationTokenSource _cancellation;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _room = new(true);
    private readonly GroupConsumerOptions _options;
    private readonly ProcessBatch<TRecord> _process;
    private readonly Action<int, long> _done;
    private Chunk _filling;
    private TaskCompletionSource? _waiter;
    private int _records;
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
        _filling = NewChunk();
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

    /// <summary>How many records more make it full; 0 or less where it is. Used by the poll thread only.</summary>
    public int Room => Capacity - Volatile.Read(ref _records) - _filling.Count;

    /// <summary>The offset after the last record added; null before the first. Used by the poll thread only.</summary>
    public long? AddedUpTo { get; private set; }

    /// <summary>Whether nothing is buffered. Used by the poll thread only.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _records == 0 && _filling.Count == 0;
            }
        }
    }

    /// <summary>Adds a record, which the loop sees after the next <see cref="Signal"/>. Takes it even without room: the caller looks
    /// at <see cref="HasRoom"/> after <see cref="Signal"/>, before it polls on. Used by the poll thread only.</summary>
    public void Add(TRecord record, long offset, int bytes)
    {
        AddedUpTo = offset + 1;
        if (!_filling.Takes(bytes, _options.MaxBatchBytes))
        {
            HandOver();
        }

        _filling.Add(record, offset, bytes);
    }

    /// <summary>Lets the loop see what was added. Used by the poll thread only.</summary>
    public void Signal()
    {
        if (_filling.Count > 0)
        {
            HandOver();
        }

        Wake();
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
            _records = 0;
            _bytes = 0;
        }

        _room.Set();
        Wake();
    }

    /// <summary>Cancels the batch in hand, after <see cref="Stop"/>.</summary>
    public void Cancel() => _cancellation.Cancel();

    public void Dispose()
    {
        _cancellation.Dispose();
        _room.Dispose();
    }

    private int Capacity => _options.MaxBatchRecords + Math.Min(_options.MaxBatchRecords, MostRecordsBehind);

    private bool IsFull => _records >= Capacity || _bytes >= 2 * (long)_options.MaxBatchBytes;

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

                if (_records > 0)
                {
                    return true;
                }

                _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                signal = _waiter.Task;
            }

            await signal.ConfigureAwait(false);
        }
    }

    private Chunk NewChunk() => new(Math.Min(ChunkRecords, _options.MaxBatchRecords));

    private void HandOver()
    {
        lock (_lock)
        {
            _buffer.Enqueue(_filling);
            _records += _filling.Count;
            _bytes += _filling.Bytes;
            if (IsFull)
            {
                _room.Reset();
            }
        }

        _filling = NewChunk();
    }

    private void Wake()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            waiter = _waiter;
            _waiter = null;
        }

        waiter?.TrySetResult();
    }

    private TRecord[] Take(out long nextOffset)
    {
        nextOffset = 0;
        var chunks = new List<Chunk>();
        var count = 0;
        lock (_lock)
        {
            long bytes = 0;
            while (_buffer.TryPeek(out var chunk)
                && (count == 0 || (count + chunk.Count <= _options.MaxBatchRecords && bytes + chunk.Bytes <= _options.MaxBatchBytes)))
            {
                chunks.Add(_buffer.Dequeue());
                count += chunk.Count;
                bytes += chunk.Bytes;
                nextOffset = chunk.NextOffset;
            }

            _records -= count;
            _bytes -= bytes;
            if (!IsFull)
            {
                _room.Set();
            }
        }

        return Join(chunks, count);
    }

    private static TRecord[] Join(List<Chunk> chunks, int count)
    {
        var records = new TRecord[count];
        var filled = 0;
        foreach (var chunk in chunks)
        {
            chunk.CopyTo(records, filled);
            filled += chunk.Count;
        }

        return records;
    }

    /// <summary>Consecutive records. Filled by the poll thread, read only once it is handed over.</summary>
    private sealed class Chunk(int capacity)
    {
        // Most chunks of a quiet topic have one record.
        private const int FirstSize = 16;

        private TRecord[] _records = new TRecord[Math.Min(capacity, FirstSize)];

        public int Count { get; private set; }

        public long Bytes { get; private set; }

        public long NextOffset { get; private set; }

        public bool Takes(int bytes, int maxBytes) => Count == 0 || (Count < capacity && Bytes + bytes <= maxBytes);

        public void Add(TRecord record, long offset, int bytes)
        {
            if (Count == _records.Length)
            {
                Array.Resize(ref _records, Math.Min(capacity, Count * 2));
            }

            _records[Count++] = record;
            Bytes += bytes;
            NextOffset = offset + 1;
        }

        public void CopyTo(TRecord[] target, int index) => Array.Copy(_records, 0, target, index, Count);
    }
}
