using System.Text;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>A header of a record.</summary>
public class KafkaHeader
{
    /// <summary>The header's name.</summary>
    public string Key { get; set; } = null!;

    /// <summary>The raw value; null where it has none.</summary>
    public byte[]? Value { get; set; }

    /// <summary>The value read as UTF-8; null where it has none.</summary>
    public string? GetValueAsString() => Value is null ? null : Encoding.UTF8.GetString(Value);
}
