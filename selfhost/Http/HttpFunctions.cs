using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>HTTP functions on ASP.NET Core types.</summary>
internal static class HttpFunctions
{
    /// <summary>Key in <see cref="FunctionContext.Items"/>.</summary>
    public const string ContextItem = "HttpRequestContext";

    /// <summary>Adds what HTTP functions need; safe to call twice. The response is written where this is called among the
    /// middleware: what is registered later sees the function's result before it is sent.</summary>
    public static void AddTo(IFunctionsWorkerApplicationBuilder builder)
    {
        if (IsAddedTo(builder.Services))
        {
            return;
        }

        builder.UseMiddleware<HttpResponseMiddleware>();

        // Formatters and executors of IActionResult; no controllers, so nothing is searched for them.
        builder.Services.AddSingleton(new ApplicationPartManager());
        builder.Services.AddMvcCore();
    }

    public static bool IsAddedTo(IServiceCollection services) =>
        services.Any(service => service.ServiceType == typeof(HttpResponseMiddleware));
}
