using Confluent.Kafka;
using KafkaFunctions.Bench.App;
using KafkaFunctions.Bench.Runs;
using KafkaFunctions.Bench.Workload;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Bench.Count;

/// <summary>The results that stand in a part of the output topic.</summary>
/// <param name="keys">How many keys there are.</param>
internal abstract class Readback(int keys)
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private readonly int[] _partitions = [.. Enumerable.Range(0, keys).Select(key => KeyPartitioner.PartitionOf(CountWorkload.CreateKey(key), Pipeline.Partitions))];

    /// <summary>What was wrong first; null where nothing is.</summary>
    public string? Problem { get; protected set; }

    /// <summary>How many keys there are.</summary>
    public int Keys => _partitions.Length;

    /// <summary>The input partition of a key. Results may be elsewhere: a window is part of their key.</summary>
    public int PartitionOf(int key) => _partitions[key];

    /// <summary>Reads records; further ones than those read before.</summary>
    /// <returns>By input partition, the last input record that the results read contain; -1 where there is none.</returns>
    public int[] Read(string servers, string topic, long[] from, long[] to)
    {
        var last = Enumerable.Repeat(-1, Pipeline.Partitions).ToArray();
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
                if (Take(result.Message) is { } taken)
                {
                    var input = _partitions[taken.Key];
                    last[input] = Math.Max(last[input], taken.Record);
                }
            }
        }

        consumer.Close();
        return last;
    }

    /// <summary>Compares what was read with what follows from the input.</summary>
    /// <returns>What differs first; null where nothing does.</returns>
    public abstract string? FindDifference();

    /// <summary>Takes a result.</summary>
    /// <returns>Its key, and the last input record that it contains; null where it is no result.</returns>
    protected abstract (int Key, int Record)? Take(Message<byte[], byte[]> message);
}
