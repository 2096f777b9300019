namespace KafkaFunctions.Streams.Processing;

/// <summary>What became of an input record.</summary>
public enum RecordOutcomeKind
{
    /// <summary>Not reached; what every record of a batch starts as. It has to be delivered again.</summary>
    Unprocessed,

    /// <summary>Processed, with at least one output.</summary>
    Processed,

    /// <summary>Processed, and a filter or the like left no output.</summary>
    Dropped,

    /// <summary>A copy of a record that was processed before; left alone.</summary>
    Duplicate,

    /// <summary>Trouble that passes: the record, and those after it, have to be delivered again.</summary>
    Retry,

    /// <summary>Can never be processed: it becomes a dead letter.</summary>
    Poison,
}
