namespace KafkaFunctions.Streams.State.Queries;

/// <summary>A part of a listing.</summary>
/// <param name="Entries">The entries, in the order of their keys' bytes.</param>
/// <param name="Next">The key to go on from; null where this is the end.</param>
public sealed record StatePage(IReadOnlyList<StateEntry> Entries, byte[]? Next);
