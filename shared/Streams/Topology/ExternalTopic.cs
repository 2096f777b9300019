namespace KafkaFunctions.Streams.Topology;

/// <summary>A topic that somebody outside of the app writes.</summary>
/// <param name="Name">The topic.</param>
/// <param name="Writer">Who writes it, for people to read.</param>
public sealed record ExternalTopic(string Name, string Writer);
