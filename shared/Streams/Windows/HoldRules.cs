namespace KafkaFunctions.Streams.Windows;

/// <summary>How long results are held back. Immutable.</summary>
/// <param name="Limit">How long at most, in milliseconds of stream time from the first update on that is held.</param>
/// <param name="MaxRows">How many at most of a source partition; null for any number.</param>
internal sealed record HoldRules(long Limit, int? MaxRows)
{
    /// <summary>What was held at that time, or before it, is due.</summary>
    /// <param name="streamTime">Stream time of the partition.</param>
    public long DueAt(long streamTime) => streamTime - Limit;
}
