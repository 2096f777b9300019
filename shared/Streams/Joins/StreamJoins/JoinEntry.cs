using KafkaFunctions.Streams.Windows.Timelines;

namespace KafkaFunctions.Streams.Joins.StreamJoins;

/// <summary>What a timeline's entry of a join holds: the record's state, then its value. A stored format.</summary>
internal static class JoinEntry
{
    // Waits for a partner, or for its time to pass.
    private const byte Open = 0;

    // Has a partner, or needs none.
    private const byte Joined = 1;

    // Was emitted without a partner, and joins nothing any more.
    private const byte Alone = 2;

    public static byte[] Of(byte[] value, bool isOpen) => [isOpen ? Open : Joined, .. value];

    public static bool IsOpen(TimelineEntry entry) => entry.Bytes![0] == Open;

    public static bool IsAlone(TimelineEntry entry) => entry.Bytes![0] == Alone;

    public static void Join(TimelineEntry entry) => Become(entry, Joined);

    public static void LeaveAlone(TimelineEntry entry) => Become(entry, Alone);

    public static byte[] ValueOf(TimelineEntry entry) => entry.Bytes![1..];

    private static void Become(TimelineEntry entry, byte state)
    {
        entry.Bytes = [state, .. entry.Bytes.AsSpan(1)];
        entry.Segment.IsChanged = true;
    }
}
