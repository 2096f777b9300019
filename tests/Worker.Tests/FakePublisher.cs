using System.Text;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Worker.Tests;

/// <summary>Topics in memory that a test can let fail, hold back or refuse records.</summary>
internal sealed class FakePublisher : IRecordPublisher
{
    private readonly Lock _lock = new();
    private readonly List<(string Topic, OutputRecord Record, string? Identity)> _published = [];
    private readonly Dictionary<string, long> _limits = [];
    private int _calls;

    /// <summary>What the n-th publish call, counted from 1, fails with; null lets it pass.</summary>
    public Func<int, string, IReadOnlyList<OutputRecord>, Exception?> Fault { get; set; } = (_, _, _) => null;

    /// <summary>How many records of a failing call become visible all the same.</summary>
    public int VisibleBeforeFault { get; set; }

    /// <summary>Acknowledges nothing before it is done.</summary>
    public Task Acknowledged { get; set; } = Task.CompletedTask;

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Set when the first call has come in.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<OutputRecord> this[string topic]
    {
        get
        {
            lock (_lock)
            {
                return [.. _published.Where(entry => entry.Topic == topic).Select(entry => entry.Record)];
            }
        }
    }

    public string[] Texts(string topic) => [.. this[topic].Select(record => Text(record.Value)!)];

    /// <summary>The identities as they were published.</summary>
    public string?[] Identities(string topic)
    {
        lock (_lock)
        {
            return [.. _published.Where(entry => entry.Topic == topic).Select(entry => entry.Identity)];
        }
    }

    public void Limit(string topic, long bytes) => _limits[topic] = bytes;

    public async Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        var call = Interlocked.Increment(ref _calls);
        Called.TrySetResult();
        await Acknowledged.WaitAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var fault = Fault(call, topic, records);
        lock (_lock)
        {
            foreach (var record in records.Take(fault is null ? int.MaxValue : VisibleBeforeFault))
            {
                record.Position = new RecordPosition(0, _published.Count);
                _published.Add((topic, record, Text(record.Identity)));
            }
        }

        if (fault is not null)
        {
            throw fault;
        }
    }

    public ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken) => new(_limits.GetValueOrDefault(topic, 1_000_000));

    /// <summary>What was asked to be made ready.</summary>
    public TaskCompletionSource<IReadOnlyCollection<string>> Prepared { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What making ready fails with; null where it does not.</summary>
    public Exception? PrepareFault { get; set; }

    public async Task PrepareAsync(IReadOnlyCollection<string> topics, CancellationToken cancellationToken)
    {
        Prepared.TrySetResult(topics);
        if (PrepareFault is not null)
        {
            throw PrepareFault;
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);
}
