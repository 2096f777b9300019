namespace KafkaFunctions.Streams.State;

/// <summary>What a transaction does to one row, on the condition that the row is as it was read.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Value">Its new bytes; null deletes the row.</param>
/// <param name="ETag">The row's ETag when it was read; null where there was no row; <see cref="AnyETag"/> where another row of the
/// transaction stands for this one, too. A delete needs one.</param>
public readonly record struct StateWrite(StateKey Key, byte[]? Value, string? ETag)
{
    /// <summary>No condition: a value is written whether or not there is a row. A delete fails where there is none.</summary>
    public const string AnyETag = "*";
}
