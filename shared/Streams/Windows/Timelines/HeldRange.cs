namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>What is held of some windows.</summary>
/// <param name="Count">How many.</param>
/// <param name="Earliest">Since when, at the earliest.</param>
internal readonly record struct HeldRange(int Count, long Earliest)
{
    public static HeldRange None { get; } = new(0, TimelineEntry.NotHeld);

    public static HeldRange Of(List<TimelineEntry> entries)
    {
        var (count, earliest) = (0, TimelineEntry.NotHeld);
        foreach (var entry in entries)
        {
            if (entry.IsHeld)
            {
                (count, earliest) = (count + 1, Math.Min(earliest, entry.HeldSince));
            }
        }

        return new HeldRange(count, earliest);
    }
}
