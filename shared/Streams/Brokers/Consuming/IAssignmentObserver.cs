namespace KafkaFunctions.Streams.Brokers.Consuming;

/// <summary>Is told which partitions a consumer owns. Called from the consumer's poll thread: return at once.</summary>
public interface IAssignmentObserver
{
    /// <summary>These partitions are owned from now on.</summary>
    void Assigned(IReadOnlyList<int> partitions);

    /// <summary>These partitions are owned no more; nothing of them is in hand.</summary>
    void Revoked(IReadOnlyList<int> partitions);
}
