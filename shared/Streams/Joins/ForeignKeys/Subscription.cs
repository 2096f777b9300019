namespace KafkaFunctions.Streams.Joins.ForeignKeys;

/// <summary>What a left value's change does to the row of a right key.</summary>
/// <param name="LeftKey">The left key's bytes.</param>
/// <param name="Enters">Whether the left value names the right key now, or no longer does.</param>
/// <param name="ChangedAt">Where the record of the left value stands; meaningless where it no longer names the right key.</param>
internal readonly record struct Subscription(byte[] LeftKey, bool Enters, LeftPosition ChangedAt);
