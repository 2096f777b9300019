namespace KafkaFunctions.Streams.State.Rows;

/// <summary>What follows from a record that a row has taken in, kept until the record's batch is done (design rule 3). Immutable.</summary>
/// <param name="Source">The record's partition.</param>
/// <param name="Offset">The record's offset.</param>
/// <param name="Ordinal">The operation's place among those of the record.</param>
/// <param name="Kind">What it is.</param>
internal sealed record PendingEntry(SourcePartition Source, long Offset, int Ordinal, PendingKind Kind)
{
    /// <summary>The row's version with it.</summary>
    public long Version { get; init; }

    /// <summary>Event time of the emission.</summary>
    public long Timestamp { get; init; }

    /// <summary>What is emitted; null for nothing, or a deletion.</summary>
    public byte[]? Value { get; init; }

    /// <summary>Whether <see cref="Old"/> is known.</summary>
    public bool HasOld { get; init; }

    /// <summary>The row's value before; null where it had none.</summary>
    public byte[]? Old { get; init; }

    /// <summary>Why the record is a dead letter; null for an emission.</summary>
    /// <summary>The window; the default where there is none.</summary>
    public Windows.Window Window { get; init; }

    public PoisonReason? Poison { get; init; }
}
