using System.Buffers.Binary;

namespace KafkaFunctions.Streams.Brokers;

/// <summary>Chooses partitions as Java's Kafka producer does: murmur2 of the key. Stable for ever, records are placed by it.</summary>
public static class KeyPartitioner
{
    // Constants of murmur2 as in Kafka's own client (org.apache.kafka.common.utils.Utils).
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;
    private const int Rotation = 24;

    /// <summary>The partition of a key, from 0 to <paramref name="partitions"/> - 1.</summary>
    /// <param name="key">The raw key; may be empty.</param>
    /// <param name="partitions">Number of partitions, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no partition.</exception>
    public static int PartitionOf(ReadOnlySpan<byte> key, int partitions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        return (Murmur2(key) & int.MaxValue) % partitions;
    }

    /// <summary>The 32-bit murmur2 hash with the seed that Kafka uses.</summary>
    public static int Murmur2(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var hash = Seed ^ (uint)data.Length;
            while (data.Length >= sizeof(uint))
            {
                var block = BinaryPrimitives.ReadUInt32LittleEndian(data) * Multiplier;
                block = (block ^ (block >> Rotation)) * Multiplier;
                hash = (hash * Multiplier) ^ block;
                data = data[sizeof(uint)..];
            }

            hash = AddTail(hash, data);
            hash = (hash ^ (hash >> 13)) * Multiplier;
            return (int)(hash ^ (hash >> 15));
        }
    }

    private static uint AddTail(uint hash, ReadOnlySpan<byte> tail)
    {
        if (tail.IsEmpty)
        {
            return hash;
        }

        for (var i = 0; i < tail.Length; i++)
        {
            hash ^= (uint)tail[i] << (8 * i);
        }

        return unchecked(hash * Multiplier);
    }
}
