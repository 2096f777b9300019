using Confluent.Kafka;

namespace KafkaFunctions.Kafka;

/// <summary>How records are published.</summary>
public sealed class KafkaPublisherOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Kafka:Producer";

    /// <summary>Compression of the batches. Default lz4.</summary>
    public CompressionType Compression { get; set; } = CompressionType.Lz4;

    /// <summary>How long a batch waits for more records. Default 1 ms: a lone record is hardly delayed.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Most records waiting for the broker at a time; further calls wait. Default 100,000.</summary>
    public int MaxQueuedRecords { get; set; } = 100_000;

    /// <summary>Most bytes waiting for the broker at a time; further calls wait. Default 256 MiB.</summary>
    public int MaxQueuedKibibytes { get; set; } = 256 * 1024;

    /// <summary>Requests on their way to a broker at a time, 1 to 5. Default 5, the most that keeps the order.</summary>
    public int MaxInFlight { get; set; } = 5;
}
