using System.Runtime.CompilerServices;
using KafkaFunctions.Streams;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.Tests.CommandLine;

/// <summary>A broker of one process: what is published can be read, described and followed.</summary>
internal sealed class InMemoryBroker : ITopicClient, IRecordPublisher
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, List<InputRecord>[]> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Topic, int Partition), long> _committed = [];
    private TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every call fails with this; null: the broker is well.</summary>
    public KafkaFunctionsException? Failure { get; set; }

    /// <summary>Largest record that topics take.</summary>
    public long MaxRecordBytes { get; set; } = 1024 * 1024;

    /// <summary>What topics were created with.</summary>
    public List<TopicSpecification> Created { get; } = [];

    /// <summary>Number of records of every call that published.</summary>
    public List<int> Batches { get; } = [];

    /// <summary>Completed when somebody waits for records at the end of a topic.</summary>
    public TaskCompletionSource Following { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(string topic, int partitions) => _topics.Add(topic, [.. Enumerable.Range(0, partitions).Select(_ => new List<InputRecord>())]);

    public void Append(string topic, int partition, byte[]? key, byte[]? value, long timestamp = 0, params RecordHeader[] headers)
    {
        lock (_lock)
        {
            var records = _topics[topic][partition];
            records.Add(new InputRecord(topic, partition, records.Count, key, value, timestamp, headers));
            var published = _published;
            _published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            published.SetResult();
        }
    }

    public void Commit(string group, string topic, int partition, long offset) => _committed[(group, topic, partition)] = offset;

    public IReadOnlyList<InputRecord> Records(string topic) => [.. _topics[topic].SelectMany(partition => partition)];

    public Task<IReadOnlyList<TopicDescription>> ListAsync(CancellationToken cancellationToken)
    {
        Check(null);
        return Task.FromResult<IReadOnlyList<TopicDescription>>([.. _topics.Select(topic => new TopicDescription(topic.Key, topic.Value.Length))]);
    }

    public Task<TopicDescription?> FindAsync(string topic, CancellationToken cancellationToken)
    {
        Check(null);
        return Task.FromResult(_topics.TryGetValue(topic, out var partitions) ? new TopicDescription(topic, partitions.Length) : null);
    }

    public Task<bool> CreateAsync(TopicSpecification specification, CancellationToken cancellationToken)
    {
        Check(null);
        if (_topics.ContainsKey(specification.Name))
        {
            return Task.FromResult(false);
        }

        Add(specification.Name, specification.Partitions);
        Created.Add(specification);
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<PartitionOffsets>> GetOffsetsAsync(string topic, CancellationToken cancellationToken)
    {
        Check(topic);
        return Task.FromResult<IReadOnlyList<PartitionOffsets>>(
            [.. _topics[topic].Select((records, partition) => new PartitionOffsets(partition, 0, records.Count))]);
    }

    public Task<IReadOnlyList<CommittedOffset>> GetCommittedAsync(string consumerGroup, string topic, CancellationToken cancellationToken)
    {
        Check(topic);
        return Task.FromResult<IReadOnlyList<CommittedOffset>>([.. _topics[topic].Select((_, partition) => new CommittedOffset(
            partition, _committed.TryGetValue((consumerGroup, topic, partition), out var offset) ? offset : null))]);
    }

    public async IAsyncEnumerable<InputRecord> ReadAsync(ReadRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(request.Topic);
        var partitions = _topics[request.Topic].Where((_, partition) => request.Partition is null || request.Partition == partition).ToArray();
        var next = partitions.Select(records => request.FromBeginning ? 0 : records.Count).ToArray();
        while (true)
        {
            var found = new List<InputRecord>();
            Task published;
            lock (_lock)
            {
                published = _published.Task;
                for (var i = 0; i < partitions.Length; i++)
                {
                    found.AddRange(partitions[i].Skip(next[i]));
                    next[i] = partitions[i].Count;
                }
            }

            foreach (var record in found)
            {
                yield return record;
            }

            if (!request.Follow)
            {
                yield break;
            }

            Following.TrySetResult();
            await published.WaitAsync(cancellationToken);
        }
    }

    public Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        Check(topic);
        Batches.Add(records.Count);
        foreach (var record in records)
        {
            var partition = (record.Key?.Sum(b => b) ?? 0) % _topics[topic].Length;
            Append(topic, partition, record.Key, record.Value, record.Timestamp, record.Headers);
            record.Position = new RecordPosition(partition, _topics[topic][partition].Count - 1);
        }

        return Task.CompletedTask;
    }

    public ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken)
    {
        Check(topic);
        return ValueTask.FromResult(MaxRecordBytes);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Check(string? topic)
    {
        if (Failure is not null)
        {
            throw Failure;
        }

        if (topic is not null && !_topics.ContainsKey(topic))
        {
            throw new TopicNotFoundException(topic);
        }
    }
}
