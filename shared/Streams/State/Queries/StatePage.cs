namespace KafkaFunctions.Streams.State.Queries;

/// <summary>A part of a listing.</summary>
/// <param name="Entries">The entries, in the order of their keys' bytes, and of their windows.</param>
/// <param name="Next">The key to go on from; null where this is the end.</param>
public sealed record StatePage(IReadOnlyList<StateEntry> Entries, byte[]? Next)
{
    /// <summary>Start of the window of <see cref="Next"/> to go on from; null for the first.</summary>
    public long? NextWindow { get; init; }
}
