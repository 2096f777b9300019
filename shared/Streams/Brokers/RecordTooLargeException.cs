namespace KafkaFunctions.Streams.Brokers;

/// <summary>A record is larger than its topic takes. It will never be accepted: a dead letter, not a retry.</summary>
public sealed class RecordTooLargeException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="topic">The topic that does not take it.</param>
    /// <param name="size">The record's size in bytes.</param>
    /// <param name="limit">The topic's limit in bytes.</param>
    public RecordTooLargeException(string topic, long size, long limit)
        : base($"A record of {size} bytes is larger than topic '{topic}' takes ({limit} bytes). Raise the topic's max.message.bytes or emit less.")
    {
        Topic = topic;
        Size = size;
        Limit = limit;
    }

    /// <summary>The topic's name.</summary>
    public string Topic { get; }

    /// <summary>The record's size in bytes.</summary>
    public long Size { get; }

    /// <summary>The topic's limit in bytes.</summary>
    public long Limit { get; }
}
