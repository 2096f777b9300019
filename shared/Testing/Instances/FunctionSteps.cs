using KafkaFunctions.Testing.Faults;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace KafkaFunctions.Testing.Instances;

/// <summary>The innermost middleware: a function's begin and end are steps, and a processor without a function is run here.</summary>
internal sealed class FunctionSteps(AppInstance instance)
{
    public FunctionExecutionDelegate Around(FunctionExecutionDelegate next) => context => InvokeAsync(context, next);

    private async Task InvokeAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        await instance.ReachAsync(StepKind.BeforeFunction).ConfigureAwait(false);
        if (context.Items.TryGetValue(typeof(ProcessorFunction), out var processor))
        {
            await ((ProcessorFunction)processor).RunAsync((ProcessorContext)context).ConfigureAwait(false);
        }
        else
        {
            await next(context).ConfigureAwait(false);
        }

        await instance.ReachAsync(StepKind.AfterFunction).ConfigureAwait(false);
    }
}
