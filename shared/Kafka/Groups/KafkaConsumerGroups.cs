using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Kafka;

/// <summary>Consumer groups of a Kafka cluster.</summary>
/// <remarks>Beside the contract's exceptions, <see cref="KafkaAccessException"/> tells of a right that the user lacks.</remarks>
/// <param name="clients">Makes the Kafka clients; stays the caller's.</param>
/// <param name="options">Limits; null for the defaults.</param>
public sealed class KafkaConsumerGroups(KafkaClientFactory clients, KafkaTopicClientOptions? options = null) : IConsumerGroupClient
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    private readonly AdminCalls _calls = new(clients, (options ?? new KafkaTopicClientOptions()).Timeout);

    /// <inheritdoc/>
    public async Task<IForgottenGroup> ForgetAsync(string consumerGroup, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(consumerGroup);
        return new ForgottenGroup(this, consumerGroup, await DeleteAsync(consumerGroup, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Deletes a group, which a broker does for one without members only.</summary>
    /// <returns>False where it was not there.</returns>
    private async Task<bool> DeleteAsync(string consumerGroup, CancellationToken cancellationToken)
    {
        for (var start = clients.Time.GetTimestamp(); ; await Task.Delay(BetweenAttempts, clients.Time, cancellationToken).ConfigureAwait(false))
        {
            try
            {
                return await _calls.AskAsync(
                    async (admin, timeout) =>
                    {
                        await admin.DeleteGroupsAsync([consumerGroup], new DeleteGroupsOptions { RequestTimeout = timeout }).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken).ConfigureAwait(false);
            }
            catch (DeleteGroupsException refused)
            {
                var error = refused.Results[0].Error;
                if (error.Code == ErrorCode.GroupIdNotFound)
                {
                    return false;
                }

                // A new coordinator is found, or has read its groups, in a moment.
                if (!IsPassing(error.Code) || clients.Time.GetElapsedTime(start) >= _calls.Timeout)
                {
                    throw Translate(consumerGroup, error, refused);
                }
            }
        }
    }

    private static bool IsPassing(ErrorCode code) => code is ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.GroupLoadInProgress
        or ErrorCode.NotCoordinatorForGroup or ErrorCode.Local_TimedOut or ErrorCode.RequestTimedOut or ErrorCode.Local_Transport;

    private static Exception Translate(string consumerGroup, Error error, Exception inner) => error.Code switch
    {
        ErrorCode.NonEmptyGroup => new ConsumerGroupInUseException(
            consumerGroup,
            $"Consumer group '{consumerGroup}' is in use: an instance runs its function. Stop every instance, on whatever host; one that was killed counts until its session times out (sessionTimeoutMs of host.json).",
            inner),
        ErrorCode.GroupAuthorizationFailed => new KafkaAccessException(consumerGroup, "Delete", inner),
        _ => new BrokerUnavailableException($"The broker could not delete the offsets of group '{consumerGroup}': {error.Reason}. Look at the broker's state and try again.", innerException: inner),
    };

    /// <summary>A broker cannot keep others away: what they did shows when the group is deleted again.</summary>
    private sealed class ForgottenGroup(KafkaConsumerGroups groups, string consumerGroup, bool hadOffsets) : IForgottenGroup
    {
        public bool HadOffsets => hadOffsets;

        public async Task<bool> IsUntouchedAsync(CancellationToken cancellationToken)
        {
            try
            {
                return !await groups.DeleteAsync(consumerGroup, cancellationToken).ConfigureAwait(false);
            }
            catch (ConsumerGroupInUseException)
            {
                return false;
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
