using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Joins.TableJoins;

/// <summary>What one side of a join has for a key. Immutable.</summary>
/// <param name="Value">The value's bytes; null where the side has none.</param>
/// <param name="Timestamp">Its event time.</param>
internal readonly record struct JoinSide(byte[]? Value, long Timestamp)
{
    public static JoinSide None { get; } = new(null, InputRecord.NoTimestamp);

    public bool Exists => Value is not null;

    public static JoinSide Of(byte[]? value, long timestamp) => value is null ? None : new(value, timestamp);

    /// <summary>Whether an update changes nothing: the same value with a newer or equal time, or a deletion of nothing.</summary>
    public bool IsUnchangedBy(byte[]? value, long timestamp) => Value is null || value is null
        ? Value == value
        : timestamp >= Timestamp && Value.AsSpan().SequenceEqual(value);

    /// <summary>The higher one of the side's time and another; the other one where the side has nothing.</summary>
    public long TimeWith(long timestamp) => Exists ? Math.Max(Timestamp, timestamp) : timestamp;
}
