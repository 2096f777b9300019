namespace KafkaFunctions.Streams.Joins;

/// <summary>What a left value's change does to the row of a right key.</summary>
/// <param name="LeftKey">The left key's bytes.</param>
/// <param name="Enters">Whether the left value names the right key now, or no longer does.</param>
internal readonly record struct Subscription(byte[] LeftKey, bool Enters);
