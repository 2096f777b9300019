namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Some entries of a range, in the order of their keys.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Last">Key after which the range goes on; null where there is nothing more.</param>
public sealed record StatePage(IReadOnlyList<StateEntry> Entries, byte[]? Last);
