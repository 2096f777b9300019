using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace KafkaFunctions.SelfHost.KafkaTrigger;

/// <summary>Runs a function over a batch until it succeeds: at least once, nothing is ever skipped.</summary>
internal sealed partial class BatchRunner(
    FunctionDescriptor function,
    IFunctionInvoker invoker,
    TriggerTrace? trace,
    TimeProvider time,
    ILogger<BatchRunner> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    private readonly ILogger<BatchRunner> _logger = logger;

    /// <returns>When the invocation has succeeded.</returns>
    /// <exception cref="OperationCanceledException">The partition is lost or the host stops.</exception>
    public async Task RunAsync(int partition, KafkaRecord[] records, long nextOffset, CancellationToken cancellationToken)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            cancellationToken.ThrowIfCancellationRequested();
            trace?.Batch(function.Name, partition, "start", records[0].Offset, nextOffset);
            try
            {
                await InvokeAsync(records, cancellationToken).ConfigureAwait(false);
                return;
            }
#pragma warning disable CA1031 // Whatever it was, the invoker has logged it; the batch is run again.
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(function.Name, records[0].Topic, partition, records[0].Offset, nextOffset - 1, delay);
            }
            finally
            {
                trace?.Batch(function.Name, partition, "end", records[0].Offset, nextOffset);
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task InvokeAsync(KafkaRecord[] records, CancellationToken cancellationToken)
    {
        if (function.Trigger.IsBatched)
        {
            await invoker.InvokeAsync(function, TraceOfRecords.InputOf(records), cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var record in records)
        {
            await invoker.InvokeAsync(function, TraceOfRecords.InputOf(record), cancellationToken).ConfigureAwait(false);
        }
    }
}
