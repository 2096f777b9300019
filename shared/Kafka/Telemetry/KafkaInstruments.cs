using System.Diagnostics;
using System.Diagnostics.Metrics;
using KafkaFunctions.Streams.Telemetry;

namespace KafkaFunctions.Kafka.Telemetry;

/// <summary>What the Kafka clients of a process tell. Safe for concurrent use.</summary>
internal sealed class KafkaInstruments
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "KafkaFunctions.Kafka";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _rebalances;
    private readonly Counter<long> _failures;

    /// <param name="meters">Makes the meter; null for one of its own.</param>
    public KafkaInstruments(IMeterFactory? meters)
    {
        var meter = Meters.Of(meters, Name);
        Messaging = new MessagingTelemetry(Source, meter, MessagingNames.Kafka);
        _rebalances = meter.CreateCounter<long>("kafkafunctions.kafka.rebalances", "{rebalance}", "Times that a consumer was given partitions or had them taken away.");
        _failures = meter.CreateCounter<long>("kafkafunctions.kafka.producer.failures", "{producer}", "Producers that stopped at a failure and were replaced.");
    }

    public MessagingTelemetry Messaging { get; }

    /// <summary>A consumer's partitions have changed.</summary>
    /// <param name="consumerGroup">Its group.</param>
    /// <param name="change"><c>assigned</c>, <c>revoked</c> or <c>lost</c>.</param>
    public void Rebalanced(string consumerGroup, string change) =>
        _rebalances.Add(1, new KeyValuePair<string, object?>("group", consumerGroup), new KeyValuePair<string, object?>("change", change));

    /// <summary>A producer has stopped at a failure.</summary>
    public void ProducerFailed(string topic) => _failures.Add(1, new KeyValuePair<string, object?>("topic", topic));
}
