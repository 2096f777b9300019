using KafkaFunctions.Streams.Identity;

namespace KafkaFunctions.Streams.Processing;

/// <summary>The function that a processor runs for. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Upstream">Which identities of its source topic count.</param>
public sealed record StreamFunction(string Name, HonouredIdentities Upstream);
