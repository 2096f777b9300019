using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.SelfHost.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Timers;

/// <summary>Runs a function by its schedule, one run at a time. Without a store it does not remember runs across restarts.</summary>
internal sealed partial class TimerListener(
    FunctionDescriptor function,
    TimerSchedule schedule,
    TimerStatusStore? store,
    IFunctionInvoker invoker,
    TimeProvider time,
    ILogger<TimerListener> logger) : ITriggerListener, IManualTrigger, IDisposable
{
    // The longest wait of a timer is some 49 days: longer ones are taken in parts.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _oneRun = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private TimerStatus? _status;
    private Task _loop = Task.CompletedTask;

    public required string Description { get; init; }

    public bool RunOnStartup { get; init; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var missed = false;
        if (store is not null)
        {
            _status = await store.ReadAsync(function.Name, cancellationToken).ConfigureAwait(false);
        }

        if (_status is not null)
        {
            // Calculated, not read: the schedule may have changed since.
            _status = _status with { Next = schedule.Next(_status.Last) };
            missed = _status.Next <= now;
        }

        // The schedule begins now for a timer that is new.
        _status ??= new TimerStatus(now, schedule.Next(now), now);
        await SaveAsync(cancellationToken).ConfigureAwait(false);
        _loop = LoopAsync(missed, now);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        var abort = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _abort);
        await using var registration = abort.ConfigureAwait(false);
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(false);

        // A run by hand is outside of the loop.
        await _oneRun.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task RunAsync(CancellationToken cancellationToken) =>
        RunAsync(isPastDue: false, "This function was programmatically called via the host APIs.", cancellationToken);

    public void Dispose()
    {
        _oneRun.Dispose();
        _stopping.Dispose();
        _abort.Dispose();
    }

    private async Task LoopAsync(bool missed, DateTimeOffset started)
    {
        try
        {
            if (missed || RunOnStartup)
            {
                await RunAsync(missed, Reason(started), _stopping.Token).ConfigureAwait(false);
            }

            var next = schedule.Next(missed || RunOnStartup ? time.GetUtcNow() : started);
            while (true)
            {
                await WaitUntilAsync(next).ConfigureAwait(false);
                await RunAsync(isPastDue: false, Reason(next), _stopping.Token).ConfigureAwait(false);

                // What fell due during the run is not made up for.
                var now = time.GetUtcNow();
                next = schedule.Next(now > next ? now : next);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset due)
    {
        for (var wait = due - time.GetUtcNow(); wait > TimeSpan.Zero; wait = due - time.GetUtcNow())
        {
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, _stopping.Token).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(bool isPastDue, string reason, CancellationToken cancellationToken)
    {
        await _oneRun.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = store is null ? null : Display(_status!) };
            await invoker.InvokeAsync(function, new TriggerInput(info) { Reason = reason }, _abort.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary of a run; the invoker has logged what it was, and the schedule goes on.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        finally
        {
            var now = time.GetUtcNow();
            _status = new TimerStatus(now, schedule.Next(now), now);
            await SaveAsync(CancellationToken.None).ConfigureAwait(false);
            _oneRun.Release();
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return;
        }

        try
        {
            await store.WriteAsync(function.Name, _status!, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The function has run; only a restart would not know it.
            LogNotSaved(logger, function.Name, failure);
        }
    }

    private static ScheduleStatus Display(TimerStatus status) => new()
    {
        Last = status.Last.UtcDateTime,
        Next = status.Next.UtcDateTime,
        LastUpdated = status.LastUpdated.UtcDateTime,
    };

    private static string Reason(DateTimeOffset due) => $"Timer fired at {due:O}";

    [LoggerMessage(EventId = 6200, Level = LogLevel.Warning, Message = "Where the timer of '{Function}' stands could not be saved; check DataDirectory")]
    private static partial void LogNotSaved(ILogger logger, string function, Exception exception);
}
