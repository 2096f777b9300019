using KafkaFunctions.Embedded.Groups;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded;

/// <summary>Consumer groups of an <see cref="EmbeddedLog"/>, which it does not own.</summary>
/// <param name="log">The log.</param>
/// <remarks>Every member raises <see cref="EmbeddedLogException"/> where the log's file cannot be used.</remarks>
public sealed class EmbeddedConsumerGroups(EmbeddedLog log) : IConsumerGroupClient
{
    /// <inheritdoc/>
    public async Task<IForgottenGroup> ForgetAsync(string consumerGroup, CancellationToken cancellationToken)
    {
        var lease = await log.TryAcquireGroupAsync(consumerGroup, cancellationToken).ConfigureAwait(false)
            ?? throw new ConsumerGroupInUseException(
                consumerGroup, $"Consumer group '{consumerGroup}' is in use: an instance of the app on '{log.DataDirectory}' runs its function. Stop it, or run it without the function (--functions).");
        try
        {
            return new ForgottenGroup(lease, await lease.ForgetAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }
}
