namespace KafkaFunctions.Streams.State.InMemory;

/// <summary>An operation on an <see cref="InMemoryStateStorage"/>, as its hook sees it.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Store">The store; null for a list of stores.</param>
/// <param name="Bucket">The bucket; null where it is about no rows.</param>
public sealed record StateOperation(StateOperationKind Kind, string? Store, StateBucket? Bucket)
{
    /// <summary>Keys of a read; else empty.</summary>
    public IReadOnlyList<StateKey> Keys { get; init; } = [];

    /// <summary>Rows of a write; else empty.</summary>
    public IReadOnlyList<StateWrite> Writes { get; init; } = [];
}
