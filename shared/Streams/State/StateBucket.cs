using System.Globalization;

namespace KafkaFunctions.Streams.State;

/// <summary>One of a store's buckets: the rows that one transaction can reach. Keys are spread over buckets by their hash; rows
/// about the store itself and the progress of its functions have a bucket of their own.</summary>
/// <param name="Number">0 to <see cref="StateLimits.MaxBuckets"/> - 1; -1 for <see cref="Progress"/>.</param>
public readonly record struct StateBucket(int Number)
{
    /// <summary>The bucket of the store's description and of its functions' progress.</summary>
    public static StateBucket Progress { get; } = new(-1);

    /// <summary><c>progress</c>, or the number as four digits: what adapters name the bucket.</summary>
    public override string ToString() => Number < 0 ? "progress" : Number.ToString("0000", CultureInfo.InvariantCulture);
}
