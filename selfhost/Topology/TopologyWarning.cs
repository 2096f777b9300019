namespace KafkaFunctions.SelfHost.Topology;

/// <summary>Something about the topology that is hardly meant.</summary>
/// <param name="Code">What it is, for programs: a constant of <see cref="TopologyChecks"/>.</param>
/// <param name="Message">What it is, where, and what to do.</param>
internal sealed record TopologyWarning(string Code, string Message);
