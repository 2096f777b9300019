using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Worker.Catalog;
using KafkaFunctions.Worker.Processing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Testing.Instances;

/// <summary>A processor without a function around it.</summary>
internal sealed class ProcessorFunction : TestFunction
{
    private readonly StreamProcessor _processor;
    private readonly ProcessorFunctionDefinition _definition;

    public ProcessorFunction(string name, StreamProcessor processor, string topic, IReadOnlyList<KafkaOutputBinding> outputs)
        : base(name, topic, name)
    {
        _processor = processor;
        _definition = new ProcessorFunctionDefinition(name, outputs);
        Entry = new FunctionEntry(name, new KafkaTriggerBinding("", topic, name), outputs);
        Declared = new DeclaredProcessor(name, processor);
    }

    public FunctionEntry Entry { get; }

    /// <summary>What timer functions know it by.</summary>
    public DeclaredProcessor Declared { get; }

    public override async Task InvokeAsync(AppInstance instance, KafkaRecord[] records, CancellationToken cancellationToken)
    {
        var scope = instance.Services.CreateAsyncScope();
        await using var disposal = scope.ConfigureAwait(false);
        var context = new ProcessorContext(_definition, scope.ServiceProvider);
        context.Items[typeof(ProcessorFunction)] = this;
        context.Items[typeof(KafkaRecord[])] = records;
        await instance.Pipeline.RunAsync(context).ConfigureAwait(false);
    }

    /// <summary>What a function's method does: runs the processor, and returns its outputs.</summary>
    public async Task RunAsync(ProcessorContext context)
    {
        var result = await _processor.RunAsync((KafkaRecord[])context.Items[typeof(KafkaRecord[])], context).ConfigureAwait(false);
        foreach (var output in Entry.Outputs)
        {
            if (output.Binding == KafkaOutputBinding.Return)
            {
                context.Outcome.Result = result.ToArray();
            }
            else
            {
                context.Outcome.Outputs[output.Binding] = result.ToArray(output.Binding);
            }
        }
    }
}
