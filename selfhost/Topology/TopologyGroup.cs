namespace KafkaFunctions.SelfHost.Topology;

/// <summary>A consumer group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Members">The functions that read by it, and what.</param>
internal sealed record TopologyGroup(string Name, IReadOnlyList<(string Function, string Topic)> Members);
