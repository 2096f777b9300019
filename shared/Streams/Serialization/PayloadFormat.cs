using System.Diagnostics.CodeAnalysis;

namespace KafkaFunctions.Streams.Serialization;

/// <summary>What the bytes of a serde are, for whoever shows them to people or other programs.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "A format is named for what it holds, as the serdes are.")]
public enum PayloadFormat
{
    /// <summary>Any bytes.</summary>
    Bytes,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>A JSON document in UTF-8.</summary>
    Json,

    /// <summary>A signed number of four bytes, big-endian.</summary>
    Int32,

    /// <summary>A signed number of eight bytes, big-endian.</summary>
    Int64,
}
