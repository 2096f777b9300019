namespace KafkaFunctions.App.ChangeData;

/// <summary>What a record of a change log says of a row.</summary>
internal enum ChangeKind
{
    /// <summary>Nothing: a message that an application has put into the log.</summary>
    None,

    /// <summary>The row is there, new or changed.</summary>
    Upsert,

    /// <summary>The row is gone.</summary>
    Delete,
}
