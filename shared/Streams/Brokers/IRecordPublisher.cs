using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Streams.Brokers;

/// <summary>Publishes records and waits until the broker has acknowledged them durably. Safe for concurrent use.</summary>
/// <remarks>
/// Ordering promise (design rule 5): the records of one call, and of calls made one after the other, become visible in each
/// partition in their order, and none becomes visible after an earlier one of the same partition failed. A keyed record's
/// partition depends on its key alone; a record without key but with an identity goes to a partition that depends on the
/// identity alone, so that a copy lands where the first occurrence did.
/// </remarks>
public interface IRecordPublisher : IAsyncDisposable
{
    /// <summary>Publishes the records in order. When it returns, all are acknowledged and have a <see cref="OutputRecord.Position"/>.</summary>
    /// <param name="topic">The topic; it must exist.</param>
    /// <param name="records">The records, in order.</param>
    /// <param name="cancellationToken">Stops the wait, not what is already sent: such records may still become visible.</param>
    /// <exception cref="TopicNotFoundException">The topic does not exist; nothing was published.</exception>
    /// <exception cref="RecordTooLargeException">A record is larger than <see cref="GetMaxRecordBytesAsync"/>; nothing was published.</exception>
    /// <exception cref="PublishException">Delivery failed; some of the records may be visible, in order and without a gap.</exception>
    Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken);

    /// <summary>The largest record that the topic takes, in bytes as counted by <see cref="RecordSize.Of"/>.</summary>
    /// <exception cref="TopicNotFoundException">The topic does not exist.</exception>
    ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken);

    /// <summary>Does ahead what a first call of <see cref="PublishAsync"/> to these topics would have to wait for. Nothing depends
    /// on it, nor on whether it succeeds.</summary>
    /// <param name="topics">The topics.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task PrepareAsync(IReadOnlyCollection<string> topics, CancellationToken cancellationToken) => Task.CompletedTask;
}
