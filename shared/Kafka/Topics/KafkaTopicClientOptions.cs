namespace KafkaFunctions.Kafka;

/// <summary>Limits of administrative calls.</summary>
public sealed class KafkaTopicClientOptions
{
    /// <summary>How long a call waits for the broker. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
