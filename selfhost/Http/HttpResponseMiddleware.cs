using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>Gives HTTP functions their request and writes what they return as the response.</summary>
internal sealed class HttpResponseMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.Features.Get<RunningInvocation>()?.Input.Http is not { } http)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        context.Items[HttpFunctions.ContextItem] = http;
        var requestServices = http.RequestServices;
        http.RequestServices = context.InstanceServices;
        try
        {
            await next(context).ConfigureAwait(false);
            if (Result(context) is { } result && !http.Response.HasStarted)
            {
                await WriteAsync(http, result).ConfigureAwait(false);
            }
        }
        finally
        {
            http.RequestServices = requestServices;
        }
    }

    private static object? Result(FunctionContext context)
    {
        var output = context.FunctionDefinition.OutputBindings.Values.FirstOrDefault(binding => binding.Type == BindingTypes.Http);
        return output is null ? null
            : output.Name == BindingTypes.Return ? context.GetInvocationResult().Value
            : context.GetOutputBindings<object>().First(data => data.Name == output.Name).Value;
    }

    private static Task WriteAsync(HttpContext http, object result) => result switch
    {
        IActionResult action => action.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor())),
        IResult response => response.ExecuteAsync(http),
        string text => http.Response.WriteAsync(text, http.RequestAborted),
        _ => http.Response.WriteAsJsonAsync(result, result.GetType(), http.RequestAborted),
    };
}
