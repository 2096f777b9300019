namespace KafkaFunctions.Streams.State.Queries;

/// <summary>A store and the function that declares it.</summary>
/// <param name="Function">The function's name; where several declare it, one of them.</param>
/// <param name="Definition">The store.</param>
public sealed record DeclaredStore(string Function, StoreDefinition Definition)
{
    /// <summary>The functions that write it.</summary>
    public IReadOnlyList<string> Functions => Definition.Functions.Count > 0 ? Definition.Functions : [Function];
}
