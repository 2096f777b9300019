namespace KafkaFunctions.Streams.State.Progress;

/// <summary>The last record of an upstream path that was taken in (design rule 2).</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="LastUsed">When it came, in milliseconds since 1970-01-01 UTC.</param>
internal readonly record struct Watermark(long[] Sequence, long LastUsed);
