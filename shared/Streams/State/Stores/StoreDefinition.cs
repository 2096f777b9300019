using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.State;

/// <summary>A store as the operator that keeps it declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="KeyFormat">What its keys are.</param>
/// <param name="ValueFormat">What its values are.</param>
public sealed record StoreDefinition(string Name, PayloadFormat KeyFormat, PayloadFormat ValueFormat)
{
    /// <summary>The functions that write it together. Default empty: the one that declares it.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Whether a key has a value for each of its windows. Default false.</summary>
    public bool IsWindowed { get; init; }
}
