namespace KafkaFunctions.Streams.State.Rows;

/// <summary>A row after a batch's operations.</summary>
/// <param name="Row">The row.</param>
/// <param name="Bytes">The row as it is stored; null where nothing has changed.</param>
internal readonly record struct FoldedRow(RowState Row, byte[]? Bytes);
