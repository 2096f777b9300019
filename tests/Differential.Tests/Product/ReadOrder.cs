namespace KafkaFunctions.Differential.Tests.Product;

/// <summary>The order in which the partitions of a join are read.</summary>
internal enum ReadOrder
{
    /// <summary>That of the case, and no record is there before it is read: no side lags.</summary>
    AsGiven,

    /// <summary>Any, and all is there at once: each partition lags behind others, perhaps by all of its records.</summary>
    Any,
}
