using System.Buffers.Binary;
using Confluent.Kafka;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Count;

/// <summary>The counts that stand in a part of the output topic.</summary>
/// <param name="expected">How many records each key has had in the end.</param>
internal sealed class CountReadback(long[] expected) : Readback(expected.Length)
{
    private readonly long[] _counts = new long[expected.Length];

    /// <summary>The last count of a key.</summary>
    public long this[int key] => _counts[key];

    public override string? FindDifference()
    {
        for (var key = 0; key < expected.Length; key++)
        {
            if (_counts[key] != expected[key])
            {
                return $"key {key} has {_counts[key]} instead of {expected[key]}";
            }
        }

        return null;
    }

    protected override (int Key, int Record)? Take(Message<byte[], byte[]> message)
    {
        var key = CountWorkload.FindKey(message.Key);
        if (key < 0 || key >= _counts.Length || message.Value is not { Length: sizeof(long) })
        {
            Problem ??= "a record that is no count of a key";
            return null;
        }

        var count = BinaryPrimitives.ReadInt64BigEndian(message.Value);
        if (count <= _counts[key])
        {
            Problem ??= $"key {key} goes from {_counts[key]} to {count}";
        }

        _counts[key] = count;
        return (key, CountWorkload.FindId(message.Timestamp.UnixTimestampMs));
    }
}
