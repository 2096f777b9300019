using KafkaFunctions.Streams.State;

namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>An outbox row that is being published.</summary>
/// <param name="reader">Reads the rows behind it.</param>
/// <param name="bucket">Its bucket.</param>
/// <param name="row">The row.</param>
internal sealed class PendingResults(OutboxReader reader, StateBucket bucket, OutboxRow row)
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
    public async ValueTask<PendingResults?> FollowingAsync(CancellationToken cancellationToken) =>
        _at < row.Results.Count ? this : await reader.NextAsync(cancellationToken).ConfigureAwait(false);
}
