namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>A window whose published result is to be taken back.</summary>
/// <param name="Window">The window.</param>
/// <param name="Published">What was published.</param>
/// <param name="Operation">The operation that removed it.</param>
/// <param name="Timestamp">Event time of the tombstone.</param>
internal readonly record struct RemovedWindow(Window Window, byte[]? Published, int Operation, long Timestamp);
