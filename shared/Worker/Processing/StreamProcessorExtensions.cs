using KafkaFunctions.Streams.Processing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker.Processing;

/// <summary>Runs a stream processor over the batch of an invocation.</summary>
public static class StreamProcessorExtensions
{
    /// <summary>Runs the batch. The outcome of each record goes with the invocation: a poison record becomes a dead letter and
    /// the others go on.</summary>
    /// <param name="processor">The function's processor.</param>
    /// <param name="records">The records that the trigger delivered.</param>
    /// <param name="context">The invocation.</param>
    /// <returns>The outputs by name; the function returns them through its output bindings.</returns>
    /// <exception cref="InvalidOperationException">The invocation has run a processor already.</exception>
    /// <remarks>Where a record asks to be tried again later, the invocation fails after the function's return, and is run again.</remarks>
    public static StreamResult Run(this StreamProcessor processor, KafkaRecord[] records, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(processor);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(context);
        var options = context.InstanceServices.GetRequiredService<StreamRunOptions>();
        var result = processor.Run(records, static record => record.ToInputRecord(), options, context.CancellationToken);
        if (!context.Items.TryAdd(typeof(ProcessedBatch), new ProcessedBatch(records, result)))
        {
            throw new InvalidOperationException("An invocation runs one processor, once: the outcomes of a second run would hide those of the first. Name several outputs of one processor instead.");
        }

        return result;
    }
}
