namespace KafkaFunctions.Streams.Records;

/// <summary>A record that a function emits. What a function sets is fixed when it is made; the platform fills in
/// <see cref="Identity"/> before and <see cref="Position"/> after publishing. Not safe for concurrent use.</summary>
/// <param name="key">Raw key; null for none.</param>
/// <param name="value">Raw value; null for a tombstone.</param>
public sealed class OutputRecord(byte[]? key, byte[]? value)
{
    /// <summary>Raw key; null for none. Keyed records land in the partition where Java clients put them (murmur2).</summary>
    public byte[]? Key { get; } = key;

    /// <summary>Raw value; null for a tombstone.</summary>
    public byte[]? Value { get; } = value;

    /// <summary>Milliseconds since 1970-01-01 UTC. Default <see cref="InputRecord.NoTimestamp"/>: the time of publishing.</summary>
    public long Timestamp { get; init; } = InputRecord.NoTimestamp;

    /// <summary>Headers in the order they are sent. Default none. The identity header is added by the platform.</summary>
    public RecordHeader[] Headers { get; init; } = [];

    /// <summary>The source record that this one came from; null for a record from outside (an HTTP request, a timer).</summary>
    public RecordOrigin? Origin { get; init; }

    /// <summary>Value of the identity header; null for none. Set by the platform before publishing.</summary>
    public byte[]? Identity { get; set; }

    /// <summary>Where it landed; null until the broker has acknowledged it. Set by the publisher.</summary>
    public RecordPosition? Position { get; set; }

    /// <summary>Makes an output of a source record: its timestamp and headers are kept.</summary>
    /// <param name="source">The record that the output came from.</param>
    /// <param name="index">0 for the record's first output, 1 for its second …; over all outputs of the function.</param>
    /// <param name="key">Raw key; null for none.</param>
    /// <param name="value">Raw value; null for a tombstone.</param>
    public static OutputRecord From(in InputRecord source, int index, byte[]? key, byte[]? value) => new(key, value)
    {
        Timestamp = source.Timestamp,
        Headers = PlatformHeaders.Without(source.Headers, out var upstream),
        Origin = new RecordOrigin(source.Partition, source.Offset, index, upstream),
    };
}
