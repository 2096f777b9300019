using System.Collections.Concurrent;
using KafkaFunctions.Embedded.Storage;
using KafkaFunctions.Streams.Brokers;
using Microsoft.Data.Sqlite;

namespace KafkaFunctions.Embedded.Topics;

/// <summary>Finds topics. One that was found is kept: topics never change and are never deleted.</summary>
internal sealed class TopicCatalog(ReadPool readers)
{
    private const string All = """
        SELECT t.name, t.retention_ms, t.max_record_bytes, p.id, t.id
        FROM topics t JOIN partitions p ON p.topic_id = t.id
        ORDER BY t.name, p.number
        """;

    private const string One = """
        SELECT t.name, t.retention_ms, t.max_record_bytes, p.id, t.id
        FROM topics t JOIN partitions p ON p.topic_id = t.id
        WHERE t.name = ?1
        ORDER BY p.number
        """;

    private readonly ConcurrentDictionary<string, Topic> _found = new(StringComparer.Ordinal);

    /// <summary>All topics, in the ordinal order of their names.</summary>
    public IReadOnlyList<Topic> List() => readers.Read(this, static (session, catalog) =>
    {
        using var row = session.Query(All);
        return catalog.ReadTopics(row);
    });

    /// <summary>The topic; null where there is none.</summary>
    public Topic? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _found.TryGetValue(name, out var topic) ? topic : readers.Read((this, name), static (session, state) =>
        {
            using var row = session.Query(One, state.name);
            return state.Item1.ReadTopics(row) is [var only] ? only : null;
        });
    }

    /// <exception cref="TopicNotFoundException">There is no such topic.</exception>
    public Topic Get(string name) => Find(name) ?? throw new TopicNotFoundException(name);

    /// <summary>The row of a partition.</summary>
    /// <exception cref="TopicNotFoundException">There is no such topic, or it has no such partition.</exception>
    public long GetPartitionId(string name, int partition)
    {
        var ids = Get(name).PartitionIds;
        return partition >= 0 && partition < ids.Count ? ids[partition] : throw NoPartition(name, partition, ids.Count);
    }

    private static TopicNotFoundException NoPartition(string name, int partition, int count) => new(
        name,
        new ArgumentOutOfRangeException(nameof(partition), partition, $"Topic '{name}' has partitions 0 to {count - 1}."));

    private List<Topic> ReadTopics(SqliteDataReader row)
    {
        var topics = new List<Topic>();
        var partitionIds = new List<long>();
        while (row.Read())
        {
            var name = row.GetString(0);
            if (topics.Count == 0 || topics[^1].Name != name)
            {
                partitionIds = [];
                var retention = row.IsDBNull(1) ? null : ToRetention(row.GetInt64(1));
                topics.Add(new Topic(row.GetInt64(4), name, partitionIds, retention, row.IsDBNull(2) ? null : row.GetInt64(2)));
            }

            partitionIds.Add(row.GetInt64(3));
        }

        foreach (var topic in topics)
        {
            _found.TryAdd(topic.Name, topic);
        }

        return topics;
    }

    private static TimeSpan? ToRetention(long milliseconds) =>
        milliseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds);
}
