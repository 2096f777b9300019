namespace Microsoft.Azure.Functions.Worker;

/// <summary>A record as it was read from a topic, its bytes untouched.</summary>
public class KafkaRecord
{
    /// <summary>The topic.</summary>
    public string Topic { get; set; } = null!;

    /// <summary>The partition.</summary>
    public int Partition { get; set; }

    /// <summary>The offset in the partition.</summary>
    public long Offset { get; set; }

    /// <summary>The raw key; null where it has none.</summary>
    public byte[]? Key { get; set; }

    /// <summary>The raw value; null for a tombstone.</summary>
    public byte[]? Value { get; set; }

    /// <summary>The timestamp; null where it is not known.</summary>
    public KafkaTimestamp? Timestamp { get; set; }

    /// <summary>The headers in their order; a trigger never leaves it null.</summary>
    public KafkaHeader[] Headers { get; set; } = null!;
}
