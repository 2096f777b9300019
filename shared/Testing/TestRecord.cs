using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Testing;

/// <summary>A record of a topic. Immutable.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record TestRecord<TKey, TValue>(TKey Key, TValue Value)
{
    /// <summary>Event time, in milliseconds since 1970-01-01 UTC.</summary>
    public long Timestamp { get; init; }

    /// <summary>Event time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is further away than .NET's calendar goes.</exception>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(Timestamp);

    /// <summary>The headers in their order, without the identity.</summary>
    public IReadOnlyList<RecordHeader> Headers { get; init; } = [];

    /// <summary>The topic.</summary>
    public string Topic { get; init; } = "";

    /// <summary>The partition.</summary>
    public int Partition { get; init; }

    /// <summary>The offset in the partition.</summary>
    public long Offset { get; init; }

    /// <summary>The record's identity (header <c>kf-identity</c>), by which copies are known; null where it has none.</summary>
    public string? Identity { get; init; }

    /// <summary>A header's value as text; of several with the name, the last. Null where there is none.</summary>
    /// <param name="name">The header's name.</param>
    public string? Header(string name) => Headers.LastOrDefault(header => header.Key == name).ValueAsText;
}
