using System.Collections.Concurrent;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.App.Tests;

/// <summary>Topics of two partitions in memory, which take records of up to <see cref="MaxRecordBytes"/>.</summary>
internal sealed class MemoryPublisher : IRecordPublisher
{
    private readonly ConcurrentDictionary<string, List<OutputRecord>> _topics = new();

    /// <summary>What the next calls fail with.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = new();

    public long MaxRecordBytes { get; set; } = 1_000_000;

    /// <summary>Never acknowledges anything.</summary>
    public bool IsStuck { get; set; }

    /// <summary>The batches of all calls, those that failed included.</summary>
    public ConcurrentQueue<IReadOnlyList<OutputRecord>> Attempts { get; } = new();

    public IReadOnlyList<OutputRecord> this[string topic]
    {
        get
        {
            var records = _topics.GetOrAdd(topic, _ => []);
            lock (records)
            {
                return [.. records];
            }
        }
    }

    public async Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        Attempts.Enqueue(records);
        if (IsStuck)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (Failures.TryDequeue(out var failure))
        {
            throw failure;
        }

        var stored = _topics.GetOrAdd(topic, _ => []);
        lock (stored)
        {
            foreach (var record in records)
            {
                record.Position = new RecordPosition(stored.Count % 2, stored.Count / 2);
                stored.Add(record);
            }
        }
    }

    public ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken) => new(MaxRecordBytes);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
