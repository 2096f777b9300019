namespace KafkaFunctions.Streams.Brokers;

/// <summary>A topic's rules will never accept a record, whatever its size: a dead letter, not a retry. Nothing was published.</summary>
public sealed class RecordRefusedException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="topic">The topic that does not take it.</param>
    /// <param name="index">The record's index in the call.</param>
    /// <param name="reason">The rule and how to keep it, as a sentence without a full stop.</param>
    public RecordRefusedException(string topic, int index, string reason)
        : base($"Topic '{topic}' does not take a record: {reason}.")
    {
        Topic = topic;
        Index = index;
    }

    /// <summary>The topic's name.</summary>
    public string Topic { get; }

    /// <summary>The record's index in the call.</summary>
    public int Index { get; }
}
