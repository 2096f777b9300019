using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.Topology;

/// <summary>A function with what it is connected to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="EntryPoint">Namespace, class and method.</param>
/// <param name="Trigger">What starts it.</param>
/// <param name="Writes">The topics that it writes, each once for each reason.</param>
internal sealed record TopologyFunction(string Name, string EntryPoint, TopologyTrigger Trigger, IReadOnlyList<TopicWrite> Writes)
{
    /// <summary>What its code uses beside bindings.</summary>
    public FunctionUse Use { get; init; } = new(Name);

    /// <summary>Whether a setting disables it.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The topic that starts it; null where none does.</summary>
    public string? Source => (Trigger as TopicTrigger)?.Topic;

    /// <summary>Names of the stores that it keeps, or looks keys up in.</summary>
    public IEnumerable<string> StoresBy(StoreAccess access) => Use.Stores.Where(store => store.Access == access).Select(store => store.Store);
}
