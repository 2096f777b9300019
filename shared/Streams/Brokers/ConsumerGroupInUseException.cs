namespace KafkaFunctions.Streams.Brokers;

/// <summary>A consumer group has members, and what was asked for needs one without.</summary>
public sealed class ConsumerGroupInUseException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="consumerGroup">The group.</param>
    /// <param name="message">Who uses it, as far as that is known, and what to do.</param>
    /// <param name="innerException">The client's own error.</param>
    public ConsumerGroupInUseException(string consumerGroup, string message, Exception? innerException = null)
        : base(message, innerException) => ConsumerGroup = consumerGroup;

    /// <summary>The group.</summary>
    public string ConsumerGroup { get; }
}
