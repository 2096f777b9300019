using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace KafkaFunctions.Streams.Serialization;

/// <summary>The serdes that come with the library. All are immutable and safe for concurrent use.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "A serde is named for the type it reads and writes.")]
public static class Serdes
{
    /// <summary>Raw bytes, handed on without a copy.</summary>
    public static ISerde<byte[]?> Bytes { get; } = new BytesSerde();

    /// <summary>UTF-8 text; null for null. Invalid UTF-8, or half a surrogate pair, is refused rather than replaced.</summary>
    public static ISerde<string?> Utf8 { get; } = new Utf8Serde();

    /// <summary>Four bytes, big-endian, as Kafka's <c>IntegerSerializer</c> writes them. Refuses null.</summary>
    public static ISerde<int> Int32 { get; } = new Int32Serde();

    /// <summary>Eight bytes, big-endian, as Kafka's <c>LongSerializer</c> writes them. Refuses null.</summary>
    public static ISerde<long> Int64 { get; } = new Int64Serde();

    /// <summary>One JSON document in UTF-8. Null, and the document <c>null</c>, are read as null; null is written as null bytes
    /// (a tombstone). Value types refuse null.</summary>
    /// <param name="typeInfo">The type's contract from a source-generated context, such as <c>MyContext.Default.PageView</c>.</param>
    public static ISerde<T?> Json<T>(JsonTypeInfo<T> typeInfo)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new JsonSerde<T>(typeInfo);
    }

    /// <summary>Lets a value type be missing: null bytes are null, everything else is up to <paramref name="inner"/>.</summary>
    public static ISerde<T?> Nullable<T>(ISerde<T> inner)
        where T : struct
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new NullableSerde<T>(inner);
    }

    /// <summary>Refuses null in both directions, so that a function need not ask for it: a record without key, or a tombstone,
    /// becomes a dead letter.</summary>
    public static ISerde<T> Required<T>(ISerde<T?> inner)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new RequiredSerde<T>(inner);
    }
}
