namespace KafkaFunctions.Streams.Tables;

/// <summary>A change of a table's value.</summary>
/// <param name="HasNew">Whether the key has a value now; otherwise it was deleted.</param>
/// <param name="New">The value now.</param>
/// <param name="KnowsOld">Whether it is known what the value was.</param>
/// <param name="HasOld">Whether the key had a value, as far as is known.</param>
/// <param name="Old">The value before.</param>
internal readonly record struct Change<TValue>(bool HasNew, TValue New, bool KnowsOld, bool HasOld, TValue Old);
