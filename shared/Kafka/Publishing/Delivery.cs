using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Kafka;

/// <summary>One call's records on their way to the broker.</summary>
internal sealed class Delivery(string topic, IReadOnlyList<OutputRecord> records, long started)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = records.Count;

    public string Topic => topic;

    /// <summary>Timestamp of the call.</summary>
    public long Started => started;

    public IReadOnlyList<OutputRecord> Records => records;

    /// <summary>Ends when every record is acknowledged, or with what went wrong.</summary>
    public Task Task => _done.Task;

    /// <summary>A record is acknowledged. On the polling thread only.</summary>
    public void Acknowledge(int index, int partition, long offset)
    {
        records[index].Position = new RecordPosition(partition, offset);
        if (--_missing == 0)
        {
            _done.TrySetResult();
        }
    }

    public void Fail(ProducerFailure failure) => _done.TrySetException(failure.ToException(topic));
}
