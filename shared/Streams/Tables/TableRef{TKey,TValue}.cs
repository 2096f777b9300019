using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.Streams.Tables;

/// <summary>A table that another function of the app keeps, to look keys up in; where it keeps a history (ToTable), as of
/// a record's time. Immutable.</summary>
/// <param name="Store">Name of its store.</param>
/// <param name="Key">How its keys are stored.</param>
/// <param name="Value">How its values are stored.</param>
public sealed record TableRef<TKey, TValue>(string Store, ISerde<TKey> Key, ISerde<TValue> Value);
