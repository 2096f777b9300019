namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>Middleware around every invocation.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Runs the middleware.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="next">The rest of the invocation.</param>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
