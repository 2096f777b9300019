using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Testing.Instances;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.Simulation.Pipeline;

/// <summary>A function of the pipeline.</summary>
/// <param name="Name">Its name, and its consumer group's.</param>
/// <param name="Source">The topic it reads.</param>
/// <param name="Processor">What it does.</param>
/// <param name="Outputs">What it writes; one of them may be its return value.</param>
internal sealed record SimulatedFunction(
    string Name, string Source, StreamProcessor Processor, IReadOnlyList<KafkaOutputBinding> Outputs)
{
    /// <summary>Whether a timer closes its windows where no record comes.</summary>
    public bool ClosesAfterIdle { get; init; }

    /// <summary>Whether it looks a table up that another function keeps.</summary>
    public bool LooksUp { get; init; }

    public FunctionDefinition Definition { get; } = new ProcessorFunctionDefinition(Name, Outputs);

    /// <summary>Leaves the outputs in the bindings, as a function's <c>return</c> does.</summary>
    public void Return(StreamResult result, ProcessorContext context)
    {
        foreach (var output in Outputs)
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
