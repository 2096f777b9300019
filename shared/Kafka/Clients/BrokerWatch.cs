using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.Kafka;

/// <summary>Says once for all clients that no broker answers, repeats it from time to time, and says when one is back.</summary>
/// <param name="brokerList">The brokers, for the log.</param>
/// <param name="probe">Asks the cluster for a sign of life: null where a broker answers, else why none does.</param>
/// <param name="logger">Where it is said.</param>
/// <param name="time">The clock.</param>
internal sealed partial class BrokerWatch(string brokerList, Func<Task<string?>> probe, ILogger logger, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource<string> _refusal = NewRefusal();
    private string? _lastReason;
    private bool _watching;

    /// <summary>What the last lost connection said; null where none was lost.</summary>
    public string? LastReason => Volatile.Read(ref _lastReason);

    /// <summary>Ends, with what the broker said, when it refuses the credentials; starts anew when a broker has answered.</summary>
    public Task<string> CredentialsRefused => Volatile.Read(ref _refusal).Task;

    /// <summary>Takes the errors that clients tell apart from their calls.</summary>
    public void OnError(ErrorCode code, string reason)
    {
        switch (code)
        {
            case ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed:
                Volatile.Write(ref _lastReason, reason);
                Volatile.Read(ref _refusal).TrySetResult(reason);
                Start();
                break;
            case ErrorCode.Local_AllBrokersDown:
                Start();
                break;
            case ErrorCode.Local_Transport or ErrorCode.Local_Resolve or ErrorCode.Local_Ssl:
                Volatile.Write(ref _lastReason, reason);
                break;
            default:
                ClientError(logger, code, reason);
                break;
        }
    }

    /// <summary>A broker has answered a call.</summary>
    public void OnAnswer()
    {
        if (Volatile.Read(ref _refusal).Task.IsCompleted)
        {
            Volatile.Write(ref _refusal, NewRefusal());
        }
    }

    /// <summary>Starts to watch, where that is not under way.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_watching || _disposed.IsCancellationRequested)
            {
                return;
            }

            _watching = true;
        }

        _ = WatchAsync(_disposed.Token);
    }

    public void Dispose() => _disposed.Cancel();

    private static TaskCompletionSource<string> NewRefusal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        long? warned = null;
        try
        {
            if (CredentialsRefused.IsCompleted)
            {
                warned = start;
                Warn(LastReason!);
            }

            // Otherwise the first question comes before the first warning: clients also report that all brokers are down when
            // idle connections were closed.
            while (await probe().ConfigureAwait(false) is { } reason)
            {
                if (warned is null || time.GetElapsedTime(warned.Value) >= BetweenWarnings)
                {
                    warned = time.GetTimestamp();
                    Warn(LastReason ?? reason);
                }

                await Task.Delay(BetweenProbes, time, cancellationToken).ConfigureAwait(false);
            }

            OnAnswer();
            if (warned is not null)
            {
                var seconds = time.GetElapsedTime(start).TotalSeconds;
                BrokerIsBack(logger, brokerList, seconds);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The process stops, and with it the watch.
        }
        finally
        {
            lock (_gate)
            {
                _watching = false;
            }
        }
    }

    private void Warn(string reason)
    {
        if (CredentialsRefused.IsCompleted)
        {
            CredentialsAreRefused(logger, brokerList, reason);
        }
        else
        {
            NoBrokerAnswers(logger, brokerList, reason);
        }
    }
}
