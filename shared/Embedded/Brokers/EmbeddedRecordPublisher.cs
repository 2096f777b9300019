using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Embedded;

/// <summary>Publishes to an <see cref="EmbeddedLog"/>, which it does not own: disposing the publisher leaves the log open.</summary>
/// <param name="log">The log.</param>
public sealed class EmbeddedRecordPublisher(EmbeddedLog log) : IRecordPublisher
{
    /// <inheritdoc/>
    public Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Count == 0
            ? AppendAsync(topic, records, cancellationToken)
            : log.Messaging.SendAsync(topic, records.Count, () => AppendAsync(topic, records, cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken) => new(log.GetMaxRecordBytes(topic));

    /// <summary>Does nothing: every call has waited for its records.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task AppendAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            await log.AppendAsync(topic, records, cancellationToken).ConfigureAwait(false);
        }
        catch (EmbeddedLogException error)
        {
            throw new PublishException(topic, $"Publishing to topic '{topic}' failed. {error.Message}", error);
        }
    }
}
