using KafkaFunctions.Streams.Identity;

namespace KafkaFunctions.Streams.Processing;

/// <summary>The function that a processor runs for. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Upstream">Which identities of its source topic count.</param>
public sealed record StreamFunction(string Name, HonouredIdentities Upstream)
{
    /// <summary>The topic that another function of the application reads; null where it is not known. Joins of streams ask for that
    /// of the other side. Default null: no topic is known.</summary>
    public Func<string, string?>? TopicOf { get; init; }
}
