using KafkaFunctions.SelfHost.Invocation;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Results and outputs of an invocation, for middleware after <c>await next(context)</c>.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>What the function returned.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="context">The invocation.</param>
    /// <exception cref="InvalidOperationException">The function returned something else.</exception>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context)
    {
        var outcome = InvocationOutcome.Of(context);
        return outcome.Result is T value
            ? new BoundInvocationResult<T>(outcome, value)
            : throw new InvalidOperationException(
                $"The invocation's result is of type {outcome.Result?.GetType().ToString() ?? "null"}, not {typeof(T)}.");
    }

    /// <summary>What the function returned; null where it went to the outputs named by its properties.</summary>
    /// <param name="context">The invocation.</param>
    public static InvocationResult GetInvocationResult(this FunctionContext context) =>
        new BoundInvocationResult(InvocationOutcome.Of(context));

    /// <summary>What goes to the function's outputs.</summary>
    /// <typeparam name="T">Type of the outputs; the value of one of another type is null.</typeparam>
    /// <param name="context">The invocation.</param>
    public static IEnumerable<OutputBindingData<T>> GetOutputBindings<T>(this FunctionContext context)
    {
        var outcome = InvocationOutcome.Of(context);
        return context.FunctionDefinition.OutputBindings.Values.Select(binding => new BoundOutputBindingData<T>(outcome, binding));
    }
}
