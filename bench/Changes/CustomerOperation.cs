namespace KafkaFunctions.Bench.Changes;

/// <summary>What a workload does to the table.</summary>
internal enum CustomerOperation
{
    Insert,
    Update,

    /// <summary>Gives a row another primary key: for the log a delete and an insert.</summary>
    Rename,
    Delete,
}
