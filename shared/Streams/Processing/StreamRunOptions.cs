namespace KafkaFunctions.Streams.Processing;

/// <summary>How a <see cref="StreamProcessor"/> runs a batch. Immutable.</summary>
public sealed class StreamRunOptions
{
    internal static StreamRunOptions Default { get; } = new();

    /// <summary>How often a record is tried in all before an error of the function's own code makes it poison. Default 3, at
    /// least 1. The attempts follow each other at once: for trouble that needs time, throw <see cref="RetryRecordException"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 3;

    /// <summary>Whether a batch is folded in memory first: one emission per key and batch, at the key's last record, where an
    /// operator's result stands for all of them. Off: every update is emitted. The final values are the same. Default true.</summary>
    public bool FoldBatch { get; init; } = true;
}
