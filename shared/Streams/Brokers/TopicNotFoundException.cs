namespace KafkaFunctions.Streams.Brokers;

/// <summary>A topic does not exist.</summary>
public sealed class TopicNotFoundException : KafkaFunctionsException
{
    /// <summary>Creates the exception for a topic.</summary>
    public TopicNotFoundException(string topic, Exception? innerException = null)
        : base($"Topic '{topic}' does not exist. Create it: topics create {topic} --partitions 4", innerException) =>
        Topic = topic;

    /// <summary>The topic's name.</summary>
    public string Topic { get; }
}
