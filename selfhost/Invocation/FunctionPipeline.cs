using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>The middleware, the first registered outermost, around the function; outputs are bound on the way back, before any
/// middleware sees them.</summary>
internal sealed class FunctionPipeline
{
    private readonly IFunctionActivator _activator;
    private readonly FunctionExecutionDelegate _run;

    public FunctionPipeline(IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, IFunctionActivator activator)
    {
        _activator = activator;
        _run = middleware.Reverse().Aggregate((FunctionExecutionDelegate)ExecuteAsync, (next, wrap) => wrap(next));
    }

    public Task RunAsync(FunctionContext context) => _run(context);

    private async Task ExecuteAsync(FunctionContext context)
    {
        var (plan, input, outcome) = context.Features.Get<RunningInvocation>()
            ?? throw new InvalidOperationException("Middleware passed on a context without the features of the invocation.");
        var instance = plan.InstanceType is null ? null : _activator.CreateInstance(plan.InstanceType, context);
        outcome.Result = await plan.CallAsync(instance, context, input).ConfigureAwait(false);
        plan.BindOutputs(outcome);
    }
}
