namespace KafkaFunctions.Streams.State.Queries;

/// <summary>A store and the function that keeps it.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="Definition">The store.</param>
public sealed record DeclaredStore(string Function, StoreDefinition Definition);
