using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Records;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka;

/// <summary>Publishes to Kafka with idempotent producers that stop dead at the first failure.</summary>
public sealed class KafkaRecordPublisher : IRecordPublisher
{
    /// <summary>Creates the publisher; nothing is connected yet.</summary>
    public KafkaRecordPublisher(KafkaClientFactory clients, KafkaPublisherOptions options, ILogger<KafkaRecordPublisher> logger)
    {
    }

    /// <inheritdoc/>
    public Task PublishAsync(string topic, IReadOnlyList<OutputRecord> records, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<long> GetMaxRecordBytesAsync(string topic, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
