namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>A result that is held and is no longer, or not just, the value of its window: a tombstone, or a value that is due.</summary>
/// <param name="Window">The window.</param>
/// <param name="Since">Time of the first update that was held.</param>
/// <param name="Timestamp">Event time of the result.</param>
/// <param name="Value">The aggregate, in bytes; null for a tombstone.</param>
internal sealed record HeldResult(Window Window, long Since, long Timestamp, byte[]? Value);
