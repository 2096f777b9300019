using KafkaFunctions.SelfHost.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>The endpoints of HTTP functions.</summary>
internal sealed class FunctionEndpoints(HttpRoutes routes, IFunctionInvoker invoker, FunctionKeys keys)
{
    private const string Reason = "This function was programmatically called via the host APIs.";

    /// <exception cref="SelfHostException">A route is malformed, or taken twice.</exception>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        routes.Check();
        foreach (var route in routes.All)
        {
            try
            {
                Map(endpoints, route);
            }
            catch (RoutePatternException malformed)
            {
                throw new SelfHostException($"Function '{route.Function.Name}': its route '{route.Path}' is malformed: {malformed.Message}", malformed);
            }
        }
    }

    private void Map(IEndpointRouteBuilder endpoints, HttpRoute route)
    {
        RequestDelegate handle = http => HandleAsync(http, route);
        _ = route.Methods.Length == 0 ? endpoints.Map(route.Path, handle) : endpoints.MapMethods(route.Path, route.Methods, handle);
    }

    private async Task HandleAsync(HttpContext http, HttpRoute route)
    {
        if (!keys.Allow(http.Request, route.Level))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            await invoker.InvokeAsync(route.Function, new TriggerInput(http.Request) { Http = http, Reason = Reason }, http.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone.
        }
#pragma warning disable CA1031 // The boundary of a request; the invoker has logged what it was.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(http, failure);
        }
    }

    private static void Fail(HttpContext http, Exception failure)
    {
        if (http.Response.HasStarted)
        {
            // The status is sent already: only a broken connection still tells the caller.
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
    }
}
