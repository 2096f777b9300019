namespace KafkaFunctions.SelfHost.Topology;

/// <summary>A store of state and who uses it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The operator that keeps it; null where no function does.</param>
/// <param name="KeptBy">The functions that write it.</param>
/// <param name="LookedUpBy">The functions that look keys up in it.</param>
internal sealed record TopologyStore(string Name, string? Kind, IReadOnlyList<string> KeptBy, IReadOnlyList<string> LookedUpBy);
