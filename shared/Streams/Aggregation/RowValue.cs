namespace KafkaFunctions.Streams.Aggregation;

/// <summary>A key's value while operations are applied to it.</summary>
/// <param name="Exists">Whether the key has a value.</param>
/// <param name="Value">The value; meaningless where there is none.</param>
/// <param name="Timestamp">Its event time; meaningless where there is none.</param>
internal readonly record struct RowValue<TState>(bool Exists, TState Value, long Timestamp)
{
    public static RowValue<TState> None { get; } = new(false, default!, Records.InputRecord.NoTimestamp);

    /// <summary>A value with the highest event time of what it is made of; null deletes.</summary>
    public RowValue<TState> Become(TState? value, long timestamp) => value is null
        ? None
        : new RowValue<TState>(true, value, Exists ? Math.Max(Timestamp, timestamp) : timestamp);
}
