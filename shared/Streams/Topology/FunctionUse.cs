namespace KafkaFunctions.Streams.Topology;

/// <summary>What a function uses beside what its bindings name.</summary>
/// <param name="Function">The function's name.</param>
public sealed record FunctionUse(string Function)
{
    /// <summary>The stores of its processors. Default none.</summary>
    public IReadOnlyList<StoreUse> Stores { get; init; } = [];

    /// <summary>Names of its outputs that take late records. Default none.</summary>
    public IReadOnlyList<string> LateOutputs { get; init; } = [];

    /// <summary>Topics that its code writes without a binding. Default none.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Whether it answers queries of any store. Default false.</summary>
    public bool QueriesStores { get; init; }

    /// <summary>Whether it closes windows and deletes what has expired, in any store. Default false.</summary>
    public bool MaintainsStores { get; init; }

    /// <summary>Whether its processors could not be read, so that its stores are not known. Default false.</summary>
    public bool IsUnreadable { get; init; }
}
