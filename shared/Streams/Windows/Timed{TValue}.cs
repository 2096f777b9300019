namespace KafkaFunctions.Streams.Windows;

/// <summary>A record's value, and the clock it met.</summary>
/// <param name="Value">The value.</param>
/// <param name="Boundary">The highest end of windows that are closed for the record (invariant I5).</param>
internal readonly record struct Timed<TValue>(TValue Value, long Boundary)
{
    /// <summary>Stream time before the record; only where results are held.</summary>
    public long Before { get; init; }
}
