namespace KafkaFunctions.Streams.State.Rows;

/// <summary>A row that a batch touches, from read to write.</summary>
internal sealed class RowWork(StateKey key, StateBucket bucket)
{
    /// <summary>No operation.</summary>
    public const int None = -1;

    public StateKey Key { get; } = key;

    public StateBucket Bucket { get; } = bucket;

    /// <summary>Index of the first of the operations on it.</summary>
    public int First { get; set; } = None;

    /// <summary>Index of the last of the operations on it.</summary>
    public int Last { get; set; } = None;

    /// <summary>The row as it is stored, as far as is known; null while it has to be read.</summary>
    public RowState? Row { get; set; }

    /// <summary><see cref="Row"/>'s ETag; null where there is no row yet.</summary>
    public string? ETag { get; set; }

    /// <summary>Where the cache has it; null where it was not there.</summary>
    public RowCache.Entry? Cached { get; set; }

    /// <summary>What is to be written.</summary>
    public FoldedRow Folded { get; set; }
}
