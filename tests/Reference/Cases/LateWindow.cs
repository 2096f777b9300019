namespace KafkaFunctions.Reference.Cases;

/// <summary>A window that a record came too late for.</summary>
/// <param name="Input">Index of the record in the case.</param>
/// <param name="Start">Start of the window.</param>
/// <param name="End">Its end.</param>
/// <param name="By">How much later than the window's end the last time of closing was, in milliseconds; 0 at the boundary.</param>
public sealed record LateWindow(int Input, long Start, long End, long By);
