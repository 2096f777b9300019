using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.State.Progress;

/// <summary>How far a function is in a source partition (design rule 2). It depends on nothing but the partition's records before
/// <paramref name="Next"/>. Immutable.</summary>
/// <param name="Next">The first offset that is not done.</param>
/// <param name="StreamTime">The highest timestamp so far.</param>
/// <param name="Watermarks">The last record taken in, by upstream path.</param>
internal sealed record SourceProgress(long Next, long StreamTime, IReadOnlyDictionary<string, Watermark> Watermarks)
{
    /// <summary>When the last batch was done, in milliseconds since 1970-01-01 UTC of wall time; 0 where that is not known. What the
    /// clock has gone on by without records is added.</summary>
    public long Active { get; init; }

    public static SourceProgress Start { get; } = new(0, InputRecord.NoTimestamp, new Dictionary<string, Watermark>());
}
