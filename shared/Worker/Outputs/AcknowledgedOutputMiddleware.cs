using System.Diagnostics;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Processing;
using KafkaFunctions.Worker.Telemetry;
using KafkaFunctions.Worker.Tracing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>
/// Publishes what a function returns and lets the invocation succeed only when the broker has acknowledged all of it
/// (invariant I1); the bindings are then emptied, so that the host sends nothing itself. The stock binding is fire-and-forget.
/// </summary>
internal sealed class AcknowledgedOutputMiddleware(
    FunctionCatalog catalog,
    OutputDispatcher dispatcher,
    WorkerInstruments instruments,
    IOptions<OutputOptions> options,
    TimeProvider time) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(context).ConfigureAwait(false);
            if (catalog.Find(context.FunctionDefinition.Name) is { } function && (function.Trigger is not null || function.Outputs.Count > 0))
            {
                await PublishAsync(function, context, started).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The host stops, or the partition is another's.
            BatchTrace.Of(context)?.Stop();
            throw;
        }
        catch (Exception error)
        {
            BatchTrace.Of(context)?.Fail(error);
            if (catalog.Find(context.FunctionDefinition.Name) is { Trigger: not null } function)
            {
                instruments.BatchFailed(function.Name);
            }

            throw;
        }
    }

    private async Task PublishAsync(FunctionEntry function, FunctionContext context, long started)
    {
        var batch = context.Items.TryGetValue(typeof(ProcessedBatch), out var item) ? (ProcessedBatch)item : null;
        var trace = BatchTrace.Of(context);
        Activity.Current = trace?.Batch ?? Activity.Current;
        await ThrowIfRetryAsync(function, batch, context.CancellationToken).ConfigureAwait(false);

        var slots = OutputSlots.Read(context, function);
        IReadOnlyList<PendingOutputs> outputs = slots.Outputs;
        dispatcher.Stamp(function, outputs);
        var bindsItself = options.Value.OutputDelivery == OutputDelivery.Binding;
        if (bindsItself)
        {
            // First: an output that the binding cannot send fails the invocation before its dead letters are published.
            slots.ReplaceByEnvelopes();
            outputs = [];
        }

        var counts = await dispatcher.DispatchAsync(function, outputs, batch, context.CancellationToken).ConfigureAwait(false);
        counts = await CompleteAsync(function, batch?.Result, slots, counts, context.CancellationToken).ConfigureAwait(false);
        if (!bindsItself)
        {
            slots.Empty();
        }

        instruments.BatchFinished(function.Name, counts with { Bytes = BytesOf(batch), Age = AgeOf(batch) }, time.GetElapsedTime(started));
        trace?.Succeed(counts);
    }

    private static long BytesOf(ProcessedBatch? batch)
    {
        var bytes = 0L;
        foreach (var record in batch?.Records ?? [])
        {
            bytes += (record.Key?.Length ?? 0) + (record.Value?.Length ?? 0);
        }

        return bytes;
    }

    private TimeSpan? AgeOf(ProcessedBatch? batch)
    {
        if (batch?.Records is not [{ Timestamp.UnixTimestampMs: >= 0 and var timestamp }, ..])
        {
            return null;
        }

        // Clocks differ: a record from the future is a new one.
        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - timestamp;
        return TimeSpan.FromMilliseconds(Math.Max(0, age));
    }

    /// <summary>All outputs and dead letters are acknowledged: only now the rows with several writers are looked at again (design
    /// rule 7), and then the progress is written (rule 5).</summary>
    private async Task<BatchCounts> CompleteAsync(
        FunctionEntry function, StreamResult? result, OutputSlots slots, BatchCounts counts, CancellationToken cancellationToken)
    {
        if (result?.Completion is not { } completion)
        {
            return counts;
        }

        while (await NextAsync(function, completion.LookAgainAsync, cancellationToken).ConfigureAwait(false) is { } again)
        {
            var published = await dispatcher.DispatchAgainAsync(function, slots.Route(result, again), cancellationToken).ConfigureAwait(false);
            counts = counts with { Out = counts.Out + published };
        }

        while (await NextAsync(function, completion.DrainAsync, cancellationToken).ConfigureAwait(false) is { } results)
        {
            var (published, letters) = await dispatcher.DispatchResultsAsync(
                function, slots.Route(result, results, isRequired: true), results.FailedResults, cancellationToken).ConfigureAwait(false);
            counts = counts with { Out = counts.Out + published, DeadLettered = counts.DeadLettered + letters };
        }

        await completion.CommitAsync(cancellationToken).ConfigureAwait(false);
        return counts;
    }

    /// <summary>What is to be published next; the operators behind the state may ask for another try, as others do.</summary>
    private async Task<StreamResult?> NextAsync(
        FunctionEntry function, Func<CancellationToken, Task<StreamResult?>> next, CancellationToken cancellationToken)
    {
        try
        {
            return await next(cancellationToken).ConfigureAwait(false);
        }
        catch (RetryRecordException retry)
        {
            throw await RetryAsync(function, retry.After, retry, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ThrowIfRetryAsync(FunctionEntry function, ProcessedBatch? batch, CancellationToken cancellationToken)
    {
        if (batch?.Result.StoppedAt is { } index)
        {
            var retry = batch.Result.Outcomes[index];
            throw await RetryAsync(function, retry.RetryAfter, retry.Error, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Trouble that passes: waits as long as the function asked for; then the invocation fails, so that the host runs the batch
    /// again.</summary>
    private async Task<BatchRetryException> RetryAsync(FunctionEntry function, TimeSpan after, Exception? error, CancellationToken cancellationToken)
    {
        await Task.Delay(after, time, cancellationToken).ConfigureAwait(false);
        return new BatchRetryException(function.Name, error);
    }
}
