namespace KafkaFunctions.Streams.Topology;

/// <summary>A store that a processor uses.</summary>
/// <param name="Store">The store's name.</param>
/// <param name="Access">What is done with it.</param>
/// <param name="Kind">The operator that does it, such as <c>Count</c> or <c>Join</c>.</param>
public sealed record StoreUse(string Store, StoreAccess Access, string Kind)
{
    /// <summary>The functions that keep the store together, as the two of a join. Default empty: the function alone.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];
}
