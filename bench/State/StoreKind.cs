namespace KafkaFunctions.Bench.State;

/// <summary>Where the state of a run lives.</summary>
internal enum StoreKind
{
    /// <summary>SQLite.</summary>
    Embedded,

    /// <summary>An Azurite, in memory; it is never killed.</summary>
    Azurite,
}
