using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Testing.Brokers;

/// <summary>The topics of a test; one that is used is there. Safe for concurrent use as far as records are appended.</summary>
internal sealed class TestTopics(InMemoryBroker broker, int partitions, IReadOnlyDictionary<string, int> partitionsOf)
{
    // Kafka's default of max.message.bytes.
    public const long MaxRecordBytes = 1_048_588;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _withoutKey = new(StringComparer.Ordinal);

    public InMemoryBroker Broker => broker;

    public InMemoryTopic Get(string topic)
    {
        lock (_lock)
        {
            if (broker.Find(topic) is null)
            {
                broker.Create(topic, partitionsOf.GetValueOrDefault(topic, partitions));
            }

            return broker[topic];
        }
    }

    /// <summary>Appends what a function has published.</summary>
    public void Append(string topic, OutputRecord record)
    {
        _ = Get(topic);
        lock (_lock)
        {
            broker.Append(topic, broker.PartitionOf(topic, record), record);
        }
    }

    /// <summary>Appends a record from outside; one without key goes to the partitions in turn.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The topic has no such partition.</exception>
    public void Append(string topic, OutputRecord record, int? partition)
    {
        var count = Get(topic).Partitions.Length;
        if (partition is { } wanted)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(wanted, nameof(partition));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(wanted, count, nameof(partition));
        }

        lock (_lock)
        {
            broker.Append(topic, partition ?? (record.Key is null ? InTurn(topic, count) : broker.PartitionOf(topic, record)), record);
        }
    }

    /// <exception cref="RecordTooLargeException">The topic does not take the record.</exception>
    public static void CheckSize(string topic, OutputRecord record)
    {
        var size = RecordSize.Of(record);
        if (size > MaxRecordBytes)
        {
            throw new RecordTooLargeException(topic, size, MaxRecordBytes);
        }
    }

    private int InTurn(string topic, int count)
    {
        var next = _withoutKey.GetValueOrDefault(topic);
        _withoutKey[topic] = (next + 1) % count;
        return next;
    }
}
