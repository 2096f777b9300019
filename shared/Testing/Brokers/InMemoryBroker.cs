using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Testing.Brokers;

/// <summary>Topics in memory, and the committed offsets of their readers: the test kit's broker, and the simulation's. For one thread
/// at a time.</summary>
internal sealed class InMemoryBroker
{
    private readonly Dictionary<string, InMemoryTopic> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, int Partition), long> _committed = [];
    private readonly Dictionary<(string Group, int Partition), int> _generations = [];

    /// <summary>Called when a partition has become longer.</summary>
    public Action<InMemoryTopic, int> Appended { get; set; } = (_, _) => { };

    /// <summary>The time of publishing, for records without a timestamp.</summary>
    public Func<long> Now { get; set; } = () => InputRecord.NoTimestamp;

    public IEnumerable<InMemoryTopic> Topics => _topics.Values;

    public InMemoryTopic this[string topic] => _topics[topic];

    public InMemoryTopic? Find(string topic) => _topics.GetValueOrDefault(topic);

    public void Create(string topic, int partitions) => _topics.Add(topic, new InMemoryTopic(topic, partitions));

    /// <summary>Where a record lands: by its key, or else by its identity, as both real brokers' publishers do.</summary>
    public int PartitionOf(string topic, OutputRecord record) =>
        KeyPartitioner.PartitionOf(record.Key ?? record.Identity ?? [], _topics[topic].Partitions.Length);

    public void Append(string topic, int partition, OutputRecord record)
    {
        var target = _topics[topic];
        var log = target.Partitions[partition];
        record.Position = new RecordPosition(partition, log.Count);
        var appended = new KafkaRecord
        {
            Topic = topic,
            Partition = partition,
            Offset = log.Count,
            Key = record.Key,
            Value = record.Value,
            Timestamp = new KafkaTimestamp { UnixTimestampMs = record.Timestamp == InputRecord.NoTimestamp ? Now() : record.Timestamp },
            Headers = HeadersOf(record),
        };
        log.Add(appended);
        target.Arrived.Add(appended);
        Appended(target, partition);
    }

    public long Committed(string group, int partition) => _committed.GetValueOrDefault((group, partition));

    /// <summary>A new owner of a partition; those before it are fenced.</summary>
    public int NextGeneration(string group, int partition) =>
        _generations[(group, partition)] = _generations.GetValueOrDefault((group, partition)) + 1;

    /// <returns>False where the owner is fenced.</returns>
    public bool Commit(string group, int partition, int generation, long next)
    {
        if (_generations[(group, partition)] != generation)
        {
            return false;
        }

        _committed[(group, partition)] = Math.Max(Committed(group, partition), next);
        return true;
    }

    private static KafkaHeader[] HeadersOf(OutputRecord record)
    {
        var count = record.Headers.Length;
        var headers = new KafkaHeader[count + (record.Identity is null ? 0 : 1)];
        for (var i = 0; i < count; i++)
        {
            headers[i] = new KafkaHeader { Key = record.Headers[i].Key, Value = record.Headers[i].Value };
        }

        if (record.Identity is not null)
        {
            headers[count] = new KafkaHeader { Key = HeaderNames.Identity, Value = record.Identity };
        }

        return headers;
    }
}
