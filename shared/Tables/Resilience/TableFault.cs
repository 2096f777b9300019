namespace KafkaFunctions.Tables;

/// <summary>What a failed request means.</summary>
internal enum TableFault
{
    /// <summary>Not known: a bug here or there.</summary>
    Other,

    /// <summary>Passes by itself: network, time-out, a service that restarts.</summary>
    Transient,

    /// <summary>Too many requests: the same later.</summary>
    Throttled,

    /// <summary>A row is not as the request said.</summary>
    Conflict,

    /// <summary>The table is not there.</summary>
    TableMissing,

    /// <summary>The account refuses the credentials.</summary>
    Access,
}
