namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Where a key's row stands in the index.</summary>
/// <param name="Kind">What is due.</param>
/// <param name="Source">The source partition by whose clock it is due.</param>
/// <param name="Time">The end of a window that is due: at the boundary of that time.</param>
internal readonly record struct DueIndex(DueKind Kind, int Source, long Time);
