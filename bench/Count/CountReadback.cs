using System.Buffers.Binary;
using Confluent.Kafka;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;

namespace KafkaFunctions.Bench.Count;

/// <summary>The counts that stand in a part of the output topic.</summary>
internal sealed class CountReadback
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private readonly long[] _counts;
    private readonly int[] _partitions;

    public CountReadback(int keys)
    {
        _counts = new long[keys];
        _partitions = new int[keys];
    }

    /// <summary>What was wrong first; null where nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>The last count of a key.</summary>
    public long this[int key] => _counts[key];

    /// <summary>The partition of a key.</summary>
    public int PartitionOf(int key) => _partitions[key];

    /// <summary>Reads records; further ones than those read before.</summary>
    /// <returns>By partition, the last input record that the results read contain; -1 where there is none.</returns>
    public int[] Read(string servers, string topic, long[] from, long[] to)
    {
        var last = Enumerable.Repeat(-1, from.Length).ToArray();
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers,
            GroupId = "bench-readback",
            EnableAutoCommit = false,
        }).Build();
        for (var partition = 0; partition < from.Length; partition++)
        {
            consumer.Assign(new TopicPartitionOffset(topic, partition, from[partition]));
            for (var at = from[partition]; at < to[partition]; at++)
            {
                var result = consumer.Consume(AnswerLimit)
                    ?? throw new RunFailedException($"{topic}-{partition} has no record at {at}, though its end is {to[partition]}.");
                last[partition] = Math.Max(last[partition], Add(result.Message, partition));
            }
        }

        consumer.Close();
        return last;
    }

    /// <summary>Compares with the numbers of records.</summary>
    public string? FindDifference(long[] expected)
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

    private int Add(Message<byte[], byte[]> message, int partition)
    {
        var key = CountWorkload.FindKey(message.Key);
        if (key < 0 || key >= _counts.Length || message.Value is not { Length: sizeof(long) })
        {
            Problem ??= "a record that is no count of a key";
            return -1;
        }

        var count = BinaryPrimitives.ReadInt64BigEndian(message.Value);
        if (count <= _counts[key])
        {
            Problem ??= $"key {key} goes from {_counts[key]} to {count}";
        }

        _counts[key] = count;
        _partitions[key] = partition;
        return CountWorkload.FindId(message.Timestamp.UnixTimestampMs);
    }
}
