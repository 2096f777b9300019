namespace KafkaFunctions.Streams.Aggregation;

/// <summary>What a table's change does to a group: the old item leaves it, the new one enters.</summary>
internal readonly record struct GroupChange<TItem>(bool HasOld, TItem Old, bool HasNew, TItem New);
