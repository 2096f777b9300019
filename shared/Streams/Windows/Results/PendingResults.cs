using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>An outbox row that is being published.</summary>
/// <param name="bucket">Its bucket.</param>
/// <param name="row">The row.</param>
/// <param name="next">The one behind it in the bucket; null for none.</param>
internal sealed class PendingResults(StateBucket bucket, OutboxRow row, PendingResults? next)
{
    private int _at;

    public StateBucket Bucket => bucket;

    public OutboxRow Row => row;

    /// <summary>The outputs that its results have made: the next one's index.</summary>
    public int Emitted { get; set; }

    /// <summary>The result that comes next.</summary>
    public FinalResult Current => row.Results[_at];

    /// <summary>Goes on to the next result.</summary>
    /// <returns>False at the end of the row.</returns>
    public bool Advance() => ++_at < row.Results.Count;

    /// <summary>What comes next in the bucket: the rest of the row, or the row behind it.</summary>
    public PendingResults? Following() => _at < row.Results.Count ? this : next;
}
