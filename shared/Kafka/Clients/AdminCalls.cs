using Confluent.Kafka;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Kafka;

/// <summary>Runs administrative calls and translates what goes wrong with the connection.</summary>
internal sealed class AdminCalls(KafkaClientFactory clients, TimeSpan timeout)
{
    // librdkafka ends a call at its time-out; nothing waits for ever for one that it does not end.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long a call waits for the broker.</summary>
    public TimeSpan Timeout => timeout;

    /// <summary>Where the brokers are.</summary>
    public string Servers => clients.Connection.BootstrapServers;

    /// <summary>Runs a call. Errors of topics and groups pass through as the client raises them.</summary>
    /// <exception cref="BrokerUnavailableException">No broker answered in time, or it refused the credentials.</exception>
    public async Task<T> AskAsync<T>(Func<IAdminClient, TimeSpan, Task<T>> call, CancellationToken cancellationToken)
    {
        var answer = call(clients.Admin, timeout);
        var refusal = clients.Watch.CredentialsRefused;
        try
        {
            var first = await Task.WhenAny(answer, refusal).WaitAsync(timeout + Grace, clients.Time, cancellationToken).ConfigureAwait(false);
            if (first == refusal && !answer.IsCompleted)
            {
                throw Refused(await refusal.ConfigureAwait(false), null);
            }

            var result = await answer.ConfigureAwait(false);
            clients.Watch.OnAnswer();
            return result;
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed)
        {
            throw Refused(exception.Error.Reason, exception);
        }
        catch (KafkaException exception) when (IsUnavailable(exception.Error.Code))
        {
            throw Unavailable(exception.Error.Reason, exception);
        }
        catch (TimeoutException exception)
        {
            throw Unavailable("no answer", exception);
        }
    }

    /// <summary>Runs a call that blocks, on a thread of its own: an app asks about all of its topics at once, and while no broker answers,
    /// no thread of the pool would be left for anything else.</summary>
    /// <inheritdoc cref="AskAsync" path="/exception"/>
    public Task<T> AskBlockingAsync<T>(Func<IAdminClient, TimeSpan, T> call, CancellationToken cancellationToken) => AskAsync(
        (admin, timeout) => Task.Factory.StartNew(
            () => call(admin, timeout), cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default),
        cancellationToken);

    private static bool IsUnavailable(ErrorCode code) => code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport
        or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Resolve or ErrorCode.Local_Ssl or ErrorCode.Local_TimedOutQueue
        or ErrorCode.RequestTimedOut or ErrorCode.BrokerNotAvailable or ErrorCode.NetworkException;

    private BrokerUnavailableException Refused(string reason, Exception? inner) => new(
        $"The Kafka broker at {clients.Connection.BootstrapServers} refuses the credentials: {reason}. "
            + $"Check {KafkaSettingNames.Username}, {KafkaSettingNames.Password} and {KafkaSettingNames.SaslMechanism}.",
        credentialsRefused: true,
        inner);

    private BrokerUnavailableException Unavailable(string reason, Exception inner) => new(
        $"No Kafka broker answers at {clients.Connection.BootstrapServers} within {timeout.TotalSeconds:F0} s: "
            + $"{clients.Watch.LastReason ?? reason}. Check that it runs, {KafkaSettingNames.BrokerList}, "
            + $"{KafkaSettingNames.SecurityProtocol} and {KafkaSettingNames.CaFile}.",
        innerException: inner);
}
