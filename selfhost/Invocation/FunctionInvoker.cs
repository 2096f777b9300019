using System.Collections.Concurrent;
using System.Diagnostics;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Telemetry;
using KafkaFunctions.Streams;
using KafkaFunctions.Streams.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.Invocation;

/// <inheritdoc/>
internal sealed partial class FunctionInvoker(
    FunctionPipeline pipeline,
    IOutputBindingSink sink,
    IServiceScopeFactory scopes,
    ILoggerFactory loggers,
    HostInstruments instruments,
    TimeProvider time) : IFunctionInvoker
{
    private readonly ConcurrentDictionary<FunctionDescriptor, InvocationPlan> _plans = [];

    public async Task InvokeAsync(FunctionDescriptor function, TriggerInput input, CancellationToken cancellationToken)
    {
        var plan = _plans.GetOrAdd(function, static (function, loggers) => new InvocationPlan(function, loggers), loggers);

        // As on the Functions host, an HTTP function has no retries: its caller does that.
        var retry = input.Http is null ? function.Retry : null;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var context = retry is null ? HostRetryContext.None : new HostRetryContext(attempt, retry.MaxRetryCount);
                await InvokeOnceAsync(plan, input, context, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception) when (retry is not null && (retry.MaxRetryCount < 0 || attempt < retry.MaxRetryCount) && !cancellationToken.IsCancellationRequested)
            {
                var delay = RetryDelay.Of(retry, attempt);
                LogRetry(plan.Logger, function.Name, delay.TotalSeconds, attempt + 1);
                await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task InvokeOnceAsync(InvocationPlan plan, TriggerInput input, HostRetryContext retry, CancellationToken cancellationToken)
    {
        using var activity = HostTelemetry.StartInvocation(plan.Function, input);
        var scope = scopes.CreateAsyncScope();
        await using var disposal = scope.ConfigureAwait(false);
        var trace = new HostTraceContext(activity ?? Activity.Current, input.TraceParent);
        var running = new RunningInvocation(plan, input, new InvocationOutcome());
        var context = new HostFunctionContext(running, scope.ServiceProvider, trace, retry, cancellationToken);
        var started = time.GetTimestamp();
        instruments.Started(plan.Function.Name);
        if (plan.Logger.IsEnabled(LogLevel.Debug))
        {
            LogExecuting(plan.Logger, plan.Function.Name, input.Reason, context.InvocationId);
        }

        try
        {
            await pipeline.RunAsync(context).ConfigureAwait(false);
            await SendOutputsAsync(plan, running.Outcome, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            activity?.AddException(failure).SetStatus(ActivityStatusCode.Error, failure.Message).SetTag(MessagingNames.ErrorType, failure.GetType().FullName);
            var elapsed = time.GetElapsedTime(started);
            instruments.Invoked(plan.Function.Name, succeeded: false, elapsed);
            Report(plan, context.InvocationId, elapsed, failure, cancellationToken);
            throw;
        }

        var duration = time.GetElapsedTime(started);
        instruments.Invoked(plan.Function.Name, succeeded: true, duration);
        if (plan.Logger.IsEnabled(LogLevel.Debug))
        {
            LogSucceeded(plan.Logger, plan.Function.Name, context.InvocationId, (long)duration.TotalMilliseconds);
        }
    }

    // What the middleware left in the outputs; usually nothing.
    private async ValueTask SendOutputsAsync(InvocationPlan plan, InvocationOutcome outcome, CancellationToken cancellationToken)
    {
        foreach (var output in plan.KafkaOutputs)
        {
            var value = output.Name == BindingTypes.Return ? outcome.Result : outcome.Outputs.GetValueOrDefault(output.Name);
            if (value is not null)
            {
                await sink.SendAsync(plan.Function, output, value, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Report(InvocationPlan plan, string invocationId, TimeSpan elapsed, Exception failure, CancellationToken cancellationToken)
    {
        var milliseconds = (long)elapsed.TotalMilliseconds;
        switch (failure)
        {
            case OperationCanceledException when cancellationToken.IsCancellationRequested:
                LogCancelled(plan.Logger, plan.Function.Name, invocationId, milliseconds);
                break;
            case KafkaFunctionsException:
                // These say what happened and what to do: a stack trace would hide it.
                LogFailed(plan.Logger, plan.Function.Name, invocationId, milliseconds, failure.Message);
                break;
            default:
                LogThrew(plan.Logger, plan.Function.Name, invocationId, milliseconds, failure);
                break;
        }
    }
}
