using System.Diagnostics.CodeAnalysis;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tables;

/// <summary>Starts tables.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The name that Kafka Streams gave it.")]
public static class KTable
{
    /// <summary>The table of a function's input records: the latest value per key, the last by offset; a record without value
    /// deletes, one without key is ignored.</summary>
    /// <param name="key">How keys are read and stored.</param>
    /// <param name="value">How values are read and stored; one that maps null bytes to null, or tombstones are refused.</param>
    /// <param name="store">Name of the store.</param>
    public static KTable<TKey, TValue> From<TKey, TValue>(ISerde<TKey> key, ISerde<TValue> value, string store) =>
        KStream.From(key, value).ToTable(key, value, store);

    /// <summary>The table of a function's input records with the versions of each key's value, so that streams can be joined with what it was
    /// at a record's time: the last by time is the newest.</summary>
    /// <param name="key">How keys are read and stored.</param>
    /// <param name="value">How values are read and stored; one that maps null bytes to null, or tombstones are refused.</param>
    /// <param name="store">Name of the store.</param>
    /// <param name="history">How long before the time of a key's newest version its values are known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The history is negative.</exception>
    public static KTable<TKey, TValue> From<TKey, TValue>(ISerde<TKey> key, ISerde<TValue> value, string store, TimeSpan history) =>
        KStream.From(key, value).ToTable(key, value, store, history);
}
