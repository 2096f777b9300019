using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.State.Progress;

/// <summary>How far a function is in a source partition (design rule 2). It depends on nothing but the partition's records before
/// <paramref name="Next"/>. Immutable.</summary>
/// <param name="Next">The first offset that is not done.</param>
/// <param name="StreamTime">The highest timestamp so far.</param>
/// <param name="Watermarks">The last record taken in, by upstream path.</param>
internal sealed record SourceProgress(long Next, long StreamTime, IReadOnlyDictionary<string, Watermark> Watermarks)
{
    public static SourceProgress Start { get; } = new(0, InputRecord.NoTimestamp, new Dictionary<string, Watermark>());
}
