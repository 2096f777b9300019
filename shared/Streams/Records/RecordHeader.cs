using System.Text;

namespace KafkaFunctions.Streams.Records;

/// <summary>One header of a record. Names may repeat within a record; a value may be null. Immutable by convention.</summary>
/// <param name="Key">The header's name.</param>
/// <param name="Value">The header's raw bytes; null where the producer sent none.</param>
public readonly record struct RecordHeader(string Key, byte[]? Value)
{
    /// <summary>Creates a header from text, encoded as UTF-8.</summary>
    public static RecordHeader FromText(string key, string value) => new(key, Encoding.UTF8.GetBytes(value));

    /// <summary>The value as UTF-8 text; null where there is none.</summary>
    public string? ValueAsText => Value is null ? null : Encoding.UTF8.GetString(Value);
}
