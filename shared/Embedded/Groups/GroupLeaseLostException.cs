using KafkaFunctions.Streams;

namespace KafkaFunctions.Embedded;

/// <summary>A consumer group's lease was given up or is held by somebody else: nothing was committed. Stop processing; the
/// new owner goes on from the last commit.</summary>
public sealed class GroupLeaseLostException : KafkaFunctionsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="consumerGroup">The consumer group.</param>
    public GroupLeaseLostException(string consumerGroup)
        : base($"The lease of consumer group '{consumerGroup}' is lost: another owner has taken the group over, or the lease was "
            + "disposed. Nothing was committed. Acquire the group again and go on from its committed offsets.") =>
        ConsumerGroup = consumerGroup;

    /// <summary>The consumer group.</summary>
    public string ConsumerGroup { get; }
}
