namespace KafkaFunctions.Streams.Windows.Results;

/// <summary>A window's last result, or one that was held, on its way to be published.</summary>
/// <param name="Key">The records' key, in bytes.</param>
/// <param name="Window">The window.</param>
/// <param name="Timestamp">The result's event time.</param>
/// <param name="Value">The aggregate, in bytes; null for a tombstone of what was held.</param>
/// <param name="IsByIdleness">Whether the window was closed because no record came.</param>
internal sealed record FinalResult(byte[] Key, Window Window, long Timestamp, byte[]? Value, bool IsByIdleness) : IComparable<FinalResult>
{
    // What an outbox row holds of it beside key and value.
    private const int RoomBeside = 50;

    /// <summary>Since when it was held; null for a final result.</summary>
    public long? HeldSince { get; init; }

    public int Size => RoomBeside + Key.Length + (Value?.Length ?? 0);

    /// <summary>Orders by the window's end, its start and the key: of windows of one length, by start and key. Sessions are closed in the
    /// order of their ends, in however many steps. What was held has the order in which it came, and of a key no other.</summary>
    public int CompareTo(FinalResult? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = (HeldSince ?? Window.End).CompareTo(other.HeldSince ?? other.Window.End);
        order = order != 0 ? order : (HeldSince is null).CompareTo(other.HeldSince is null);
        order = order != 0 || HeldSince is not null ? order : Window.Start.CompareTo(other.Window.Start);
        return order != 0 ? order : Key.AsSpan().SequenceCompareTo(other.Key);
    }
}
