namespace KafkaFunctions.Bench.Cost;

/// <summary>What a store was asked.</summary>
internal sealed class CostCounts
{
    private long _reads;
    private long _transactions;
    private long _rows;
    private long _progress;

    /// <summary>Rows read.</summary>
    public long Reads => _reads;

    /// <summary>Transactions of state.</summary>
    public long Transactions => _transactions;

    /// <summary>Rows in them.</summary>
    public long Rows => _rows;

    /// <summary>Transactions of progress.</summary>
    public long Progress => _progress;

    public void Read(int rows) => Interlocked.Add(ref _reads, rows);

    public void Write(bool isProgress, int rows)
    {
        if (isProgress)
        {
            Interlocked.Increment(ref _progress);
            return;
        }

        Interlocked.Increment(ref _transactions);
        Interlocked.Add(ref _rows, rows);
    }

    public void Reset() => _reads = _transactions = _rows = _progress = 0;
}
