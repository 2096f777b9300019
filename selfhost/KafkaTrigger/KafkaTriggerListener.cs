using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Triggers;
using KafkaFunctions.Streams.Brokers;
using KafkaFunctions.Streams.Brokers.Consuming;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>Runs a function for the records of its topic. Waits for the broker and the topic, and says what it waits for.</summary>
/// <param name="function">The function.</param>
/// <param name="topic">Its topic.</param>
/// <param name="topics">Looks the topic up.</param>
/// <param name="consumer">Reads it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it says so.</param>
internal sealed partial class KafkaTriggerListener(
    FunctionDescriptor function,
    string topic,
    ITopicClient topics,
    IGroupConsumer consumer,
    TimeProvider time,
    ILogger<KafkaTriggerListener> logger) : ITriggerListener, IDisposable
{
    private static readonly TimeSpan LookUpInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger<KafkaTriggerListener> _logger = logger;
    private Task<TopicDescription?>? _lookUpAhead;
    private Task _starting = Task.CompletedTask;

    public string Description => $"kafkaTrigger {topic}";

    public bool IsReady => consumer.IsReady;

    public void Prepare()
    {
        consumer.Prepare();
        _lookUpAhead = Task.Run(() => topics.FindAsync(topic, _stop.Token));
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Refused credentials do not mend themselves: the first look-up tells, and the host does not start.
        if (await IsThereAsync(remind: true, cancellationToken).ConfigureAwait(false))
        {
            consumer.Start();
            return;
        }

        _starting = WaitForTopicAsync(_stop.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await ((Task?)_lookUpAhead ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _starting.ConfigureAwait(false);
        await consumer.StopAsync(cancellationToken).ConfigureAwait(false);
        await consumer.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }

    public void Dispose() => _stop.Dispose();

    private async Task WaitForTopicAsync(CancellationToken cancellationToken)
    {
        try
        {
            var reminded = time.GetTimestamp();
            do
            {
                await Task.Delay(LookUpInterval, time, cancellationToken).ConfigureAwait(false);
                var remind = time.GetElapsedTime(reminded) >= ReminderInterval;
                reminded = remind ? time.GetTimestamp() : reminded;
                if (await IsThereAsync(remind, cancellationToken).ConfigureAwait(false))
                {
                    consumer.Start();
                    return;
                }
            }
            while (!cancellationToken.IsCancellationRequested);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops before the topic is there.
        }
    }

    private async Task<bool> IsThereAsync(bool remind, CancellationToken cancellationToken)
    {
        try
        {
            if (await FindAsync(cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }

            // The app says loudly which of all its topics are missing.
            LogTopicMissing(function.Name, topic);
        }
        catch (BrokerUnavailableException error) when (!error.CredentialsRefused)
        {
            if (remind)
            {
                LogBrokerUnavailable(function.Name, error.Message);
            }
        }

        return false;
    }

    /// <summary>Takes what was found ahead of the start; a topic that was missing then may have been created since.</summary>
    private async Task<TopicDescription?> FindAsync(CancellationToken cancellationToken)
    {
        var ahead = Interlocked.Exchange(ref _lookUpAhead, null);
        return ahead is not null && await ahead.WaitAsync(cancellationToken).ConfigureAwait(false) is { } found
            ? found
            : await topics.FindAsync(topic, cancellationToken).ConfigureAwait(false);
    }
}
