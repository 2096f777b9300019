namespace KafkaFunctions.Streams.Brokers;

/// <summary>Records could not be delivered. The caller publishes all of them again: consumers recognise copies by their identity.</summary>
public sealed class PublishException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The client's own error.</param>
    public PublishException(string topic, string message, Exception? innerException = null)
        : base(message, innerException) => Topic = topic;

    /// <summary>The topic's name.</summary>
    public string Topic { get; }
}
