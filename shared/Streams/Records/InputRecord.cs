namespace KafkaFunctions.Streams.Records;

/// <summary>A record as it was read from a topic, its bytes untouched. Immutable by convention: arrays are not copied.</summary>
/// <param name="Topic">The topic it was read from.</param>
/// <param name="Partition">The partition it was read from.</param>
/// <param name="Offset">Its offset in the partition.</param>
/// <param name="Key">Raw key; null where it has none.</param>
/// <param name="Value">Raw value; null for a tombstone.</param>
/// <param name="Timestamp">Milliseconds since 1970-01-01 UTC; <see cref="NoTimestamp"/> where it has none.</param>
/// <param name="Headers">Headers in the order they were sent; never null.</param>
public readonly record struct InputRecord(
    string Topic,
    int Partition,
    long Offset,
    byte[]? Key,
    byte[]? Value,
    long Timestamp,
    RecordHeader[] Headers)
{
    /// <summary>The timestamp of a record that has none; Kafka's own value for it.</summary>
    public const long NoTimestamp = -1;
}
