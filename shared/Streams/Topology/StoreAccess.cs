namespace KafkaFunctions.Streams.Topology;

/// <summary>What a function does with a store.</summary>
public enum StoreAccess
{
    /// <summary>Writes it, and reads what it wrote.</summary>
    Keep,

    /// <summary>Looks keys up in it, and writes nothing.</summary>
    LookUp,
}
