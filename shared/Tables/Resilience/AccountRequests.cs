using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.Telemetry;
using KafkaFunctions.Tables.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace KafkaFunctions.Tables;

/// <summary>The one way of requests to an account: what passes is repeated with growing, jittered pauses (or those that the service asks
/// for) until <see cref="TableStateOptions.Patience"/> is used up; an account that fails mostly is left alone for a moment; so many
/// requests at a time and no more; buckets that are throttled are paced. Safe for concurrent use.</summary>
internal sealed partial class AccountRequests : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(30);

    private readonly string _account;
    private readonly TablesInstruments _instruments;
    private readonly TableStateOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots;
    private readonly ResiliencePipeline _patience;
    private readonly ResiliencePipeline _attempt;
    private long _warnedAt;

    public AccountRequests(string account, TableStateOptions options, TablesInstruments instruments, ILogger logger, TimeProvider time)
    {
        _account = account;
        _instruments = instruments;
        instruments.Announce(account);
        _options = options;
        _logger = logger;
        _time = time;
        _slots = new SemaphoreSlim(options.MaxConcurrentRequests);
        _patience = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddTimeout(options.Patience)
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome.Exception, arguments.Context.CancellationToken)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                DelayGenerator = arguments => ValueTask.FromResult(TableFaults.RetryAfter(arguments.Outcome.Exception, time.GetUtcNow())),
                OnRetry = arguments =>
                {
                    OnRetry(arguments.Outcome.Exception!, arguments.AttemptNumber, arguments.RetryDelay);
                    return default;
                },
            })
            .Build();
        _attempt = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Throttling is no failure of the account: it is answered by pacing.
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is { } exception
                        && !arguments.Context.CancellationToken.IsCancellationRequested
                        && TableFaults.Of(exception) == TableFault.Transient),
                FailureRatio = 0.7,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = Break,
            })
            .AddTimeout(options.RequestTimeout)
            .Build();
    }

    /// <summary>Sends a request until it is answered.</summary>
    /// <param name="store">The store that it is about.</param>
    /// <param name="operation">One of <see cref="StorageOperation"/>.</param>
    /// <param name="pacer">Of its bucket; null where it is of none.</param>
    /// <param name="rows">How many rows it is about.</param>
    /// <param name="send">Sends it once.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="StateUnavailableException">Patience is used up.</exception>
    public async Task<T> SendAsync<T>(
        string store, string operation, BucketPacer? pacer, int rows, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        Func<CancellationToken, Task<T>> measured = stop => _instruments.MeasureAsync(_account, store, operation, rows, send, stop);
        Exception? last = null;
        try
        {
            return await _patience.ExecuteAsync(
                async stop =>
                {
                    try
                    {
                        return await SendOnceAsync(pacer, rows, measured, stop).ConfigureAwait(false);
                    }
                    catch (Exception failed) when (IsPassing(failed, stop))
                    {
                        last = failed;
                        throw;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException timeout)
        {
            throw new StateUnavailableException(
                store,
                $"Store '{store}' did not answer for {_options.Patience} (account '{_account}'): {Reason(last ?? timeout)} If it lasts, check the account, the network "
                    + $"and {StateStorageSettings.SettingName}; TableState__Patience is how long a call waits.",
                last ?? timeout);
        }
    }

    public void Dispose() => _slots.Dispose();

    private static bool IsPassing(Exception? exception, CancellationToken cancellationToken) =>
        exception is not null
            && !cancellationToken.IsCancellationRequested
            && TableFaults.Of(exception) is TableFault.Transient or TableFault.Throttled;

    private static string Reason(Exception exception)
    {
        // The library's messages go on with headers and content.
        var line = exception.Message.AsSpan().TrimStart();
        var end = line.IndexOfAny('\r', '\n');
        return (end < 0 ? line : line[..end]).TrimEnd(". ").ToString() + ".";
    }

    private async Task<T> SendOnceAsync<T>(BucketPacer? pacer, int rows, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        if (pacer is not null)
        {
            await pacer.WaitAsync(rows, cancellationToken).ConfigureAwait(false);
        }

        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        var sentAt = _time.GetTimestamp();
        try
        {
            var answer = await _attempt.ExecuteAsync(async stop => await send(stop).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            pacer?.Taken(rows);
            return answer;
        }
        catch (Exception refused) when (TableFaults.Of(refused) == TableFault.Throttled)
        {
            pacer?.Refused(sentAt);
            throw;
        }
        finally
        {
            _slots.Release();
        }
    }

    private void OnRetry(Exception exception, int attempt, TimeSpan pause)
    {
        var throttled = TableFaults.Of(exception) == TableFault.Throttled;
        var reason = Reason(exception);
        _instruments.Retried(_account);
        LogRetry(_account, attempt + 1, pause, reason);
        if (!throttled && attempt == 0)
        {
            // One lost packet is no news.
            return;
        }

        var warnedAt = Interlocked.Read(ref _warnedAt);
        if ((warnedAt == 0 || _time.GetElapsedTime(warnedAt) >= BetweenWarnings)
            && Interlocked.CompareExchange(ref _warnedAt, _time.GetTimestamp(), warnedAt) == warnedAt)
        {
            if (throttled)
            {
                LogThrottled(_account);
            }
            else
            {
                LogNoAnswer(_account, reason);
            }
        }
    }
}
