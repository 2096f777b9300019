using KafkaFunctions.Kafka;
using KafkaFunctions.Streams;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Outputs;
using KafkaFunctions.Worker.Tracing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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
        var result = processor.Run(records, ReaderOf(context, records), options, context.CancellationToken);
        Keep(context, records, result);
        return result;
    }

    /// <summary>Runs the batch of a function with or without state. Progress is written when the outputs are acknowledged, after the
    /// function's return.</summary>
    /// <inheritdoc cref="Run" path="/param"/>
    /// <inheritdoc cref="Run" path="/returns"/>
    /// <exception cref="InvalidOperationException">The invocation has run a processor already, or the platform does not know the function.</exception>
    /// <exception cref="KafkaSettingsException">The function keeps state, and outputs are left to the host's binding.</exception>
    /// <exception cref="KafkaFunctionsException">State cannot be read or written now: the host runs the batch again.</exception>
    public static async Task<StreamResult> RunAsync(this StreamProcessor processor, KafkaRecord[] records, FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(processor);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(context);
        var services = context.InstanceServices;
        var outputs = services.GetRequiredService<IOptions<OutputOptions>>().Value;
        var name = context.FunctionDefinition.Name;
        if (processor.IsStateful && outputs.OutputDelivery == OutputDelivery.Binding)
        {
            throw new KafkaSettingsException($"{name} keeps state, whose progress is written when its outputs are acknowledged; the host's binding acknowledges nothing. Set Kafka__OutputDelivery=Acknowledged.");
        }

        var catalog = services.GetRequiredService<FunctionCatalog>();
        var entry = catalog.Find(name) ?? throw new InvalidOperationException($"{name} is no function of the assembly that AddKafkaFunctions was told of.");
        var result = await processor.RunAsync(
            records,
            ReaderOf(context, records),
            services.GetRequiredService<StateRuntime>(),
            new StreamFunction(name, catalog.HonouredBy(entry, outputs.Application)) { TopicOf = catalog.TopicOf },
            services.GetRequiredService<StreamRunOptions>(),
            context.CancellationToken).ConfigureAwait(false);
        Keep(context, records, result);
        return result;
    }

    private static Func<KafkaRecord, InputRecord> ReaderOf(FunctionContext context, KafkaRecord[] records) =>
        BatchTrace.Start(context, records) is { } trace ? trace.Read : static record => record.ToInputRecord();

    private static void Keep(FunctionContext context, KafkaRecord[] records, StreamResult result)
    {
        if (!context.Items.TryAdd(typeof(ProcessedBatch), new ProcessedBatch(records, result)))
        {
            throw new InvalidOperationException("An invocation runs one processor, once: the outcomes of a second run would hide those of the first. Name several outputs of one processor instead.");
        }
    }
}
