namespace KafkaFunctions.Streams.State.Rows;

/// <summary>What a row becomes.</summary>
/// <param name="Row">The row.</param>
/// <param name="Bytes">It in bytes; null where nothing has changed and nothing is to be written.</param>
internal readonly record struct FoldedRow(RowState Row, byte[]? Bytes)
{
    /// <summary>What is written in the same transaction, on the row's condition; null for nothing.</summary>
    public IReadOnlyList<StateWrite>? Extras { get; init; }

    /// <summary>Pages that have to be read first; null for none.</summary>
    public IReadOnlyList<long>? Missing { get; init; }

    /// <summary>Whether operations are left for another write.</summary>
    public bool IsPartial { get; init; }

    /// <summary>When something is to be done with the row, by the clock of a source partition; null for never.</summary>
    public (int Source, long Time)? Due { get; init; }

    /// <summary>The same by another clock; null for never.</summary>
    public (int Source, long Time)? OtherDue { get; init; }

    /// <summary>How many more results are held of a source partition; null where nobody asks, or as many.</summary>
    public (int Source, int Change)? HeldChange { get; init; }
}
