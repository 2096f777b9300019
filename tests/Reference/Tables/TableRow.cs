namespace KafkaFunctions.Reference.Tables;

/// <summary>A row of a table.</summary>
internal sealed record TableRow(long Value, long Timestamp);
