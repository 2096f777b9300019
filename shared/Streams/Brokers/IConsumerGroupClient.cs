namespace KafkaFunctions.Streams.Brokers;

/// <summary>What tools do with consumer groups. Safe for concurrent use.</summary>
/// <remarks>Every member raises <see cref="BrokerUnavailableException"/> where the broker does not answer in time.</remarks>
public interface IConsumerGroupClient
{
    /// <summary>Deletes all that a group has committed: it will read its topics anew. The group must not be in use.</summary>
    /// <param name="consumerGroup">The group.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The group without offsets. Where the broker can, nobody joins it before this is disposed.</returns>
    /// <exception cref="ConsumerGroupInUseException">The group has members; nothing was deleted.</exception>
    Task<IForgottenGroup> ForgetAsync(string consumerGroup, CancellationToken cancellationToken);
}
