namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Where a key's row stands in the index.</summary>
/// <param name="Kind">What is due.</param>
/// <param name="Source">The source partition by whose clock it is due.</param>
/// <param name="Time">The end of a window that is due: at the boundary of that time; or since when the result is held that is due first.</param>
internal readonly record struct DueIndex(DueKind Kind, int Source, long Time)
{
    /// <summary>How many results are held; 0 where nobody asks.</summary>
    public int Count { get; init; }
}
