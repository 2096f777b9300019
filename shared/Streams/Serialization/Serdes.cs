using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

using KafkaFunctions.Streams.Windows;

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

    /// <summary>Keys of tumbling and hopping windows, and of sliding ones, as Kafka's <c>TimeWindowedSerializer</c> writes them: the key,
    /// then the start in eight bytes, big-endian.</summary>
    /// <param name="key">The keys.</param>
    /// <param name="size">Length of a window, which is not written.</param>
    public static ISerde<Windowed<TKey>> TimeWindowed<TKey>(ISerde<TKey> key, TimeSpan size)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new TimeWindowedSerde<TKey>(key, (long)size.TotalMilliseconds);
    }

    /// <summary>Keys of sessions as Kafka's <c>SessionWindowedSerializer</c> writes them: the key, then end and start in eight bytes
    /// each, big-endian.</summary>
    /// <param name="key">The keys.</param>
    public static ISerde<Windowed<TKey>> SessionWindowed<TKey>(ISerde<TKey> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new SessionWindowedSerde<TKey>(key);
    }

    /// <summary>Keys of any windows as JSON: <c>{"key":…,"start":"2026-01-01T00:00:00.000Z","end":…}</c>.</summary>
    /// <param name="key">The keys: text, numbers and JSON are written as such, other bytes in base64.</param>
    public static ISerde<Windowed<TKey>> WindowedJson<TKey>(ISerde<TKey> key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new JsonWindowedSerde<TKey>(key);
    }
}
