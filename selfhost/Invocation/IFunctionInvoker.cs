using KafkaFunctions.SelfHost.Functions;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Runs functions. Safe for concurrent use.</summary>
internal interface IFunctionInvoker
{
    /// <summary>Runs a function once, with its middleware, outputs and retries. When it returns, the function has succeeded and
    /// its outputs are delivered.</summary>
    /// <remarks>Failures are logged here, and raised as the function (or its middleware) threw them.</remarks>
    /// <param name="function">The function.</param>
    /// <param name="input">What starts it. A Kafka trigger passes <c>KafkaRecord</c> or <c>KafkaRecord[]</c>, whatever the
    /// parameter's type is; the records are handed on untouched.</param>
    /// <param name="cancellationToken">Cancels the function, where it listens.</param>
    Task InvokeAsync(FunctionDescriptor function, TriggerInput input, CancellationToken cancellationToken);
}
