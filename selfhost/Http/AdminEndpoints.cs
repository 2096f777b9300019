using System.Reflection;
using System.Text.Json.Nodes;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Triggers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>The host's own endpoints below <c>/admin</c>, shaped like the Functions host's.</summary>
internal sealed class AdminEndpoints(
    FunctionIndex index,
    HttpRoutes routes,
    FunctionKeys keys,
    TriggerHost triggers,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    private const string FunctionsPath = "/admin/functions";

    private readonly long _started = time.GetTimestamp();

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var admin = endpoints.MapGroup("").AddEndpointFilter((call, next) => keys.Allow(call.HttpContext.Request, AuthorizationLevel.Admin)
            ? next(call)
            : ValueTask.FromResult<object?>(Results.Unauthorized()));
        FunctionDescriptor[] all = [.. index.Functions.Concat(index.Disabled).OrderBy(function => function.Name, StringComparer.Ordinal)];

        admin.MapGet(FunctionsPath, (HttpRequest request) => Results.Json(all.Select(function => Describe(function, request))));
        admin.MapGet(FunctionsPath + "/{name}", (string name, HttpRequest request) =>
            Find(all, name) is { } function ? Results.Json(Describe(function, request)) : Results.NotFound());
        admin.MapPost(FunctionsPath + "/{name}", (string name) => Run(all, name));
        admin.MapGet("/admin/host/status", () => Results.Json(Status()));

        JsonObject Describe(FunctionDescriptor function, HttpRequest request) =>
            Summary(function, request, index.Disabled.Contains(function), routes.Find(function));
    }

    // The body, {"input": ""}, is not read: a timer takes no input.
    private IResult Run(FunctionDescriptor[] all, string name)
    {
        if (Find(all, name) is not { } function)
        {
            return Results.NotFound();
        }

        if (triggers.Find(function) is not IManualTrigger trigger)
        {
            return Results.Text($"Function '{function.Name}' cannot be started by hand: only timers can.", statusCode: StatusCodes.Status400BadRequest);
        }

        // As on the Functions host, the answer does not wait for the function; its failures are logged by the invoker.
        _ = trigger.RunAsync(lifetime.ApplicationStopping);
        return Results.Accepted();
    }

    private static FunctionDescriptor? Find(FunctionDescriptor[] all, string name) =>
        Array.Find(all, function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static JsonObject Summary(FunctionDescriptor function, HttpRequest request, bool disabled, HttpRoute? route)
    {
        var origin = $"{request.Scheme}://{request.Host}";
        return new JsonObject
        {
            ["name"] = function.Name,
            ["href"] = $"{origin}{FunctionsPath}/{function.Name}",
            ["invoke_url_template"] = route is null ? null : $"{origin}/{route.Path}",
            ["language"] = function.Metadata.Language,
            ["isDisabled"] = disabled,
            ["config"] = new JsonObject
            {
                ["name"] = function.Name,
                ["scriptFile"] = function.Metadata.ScriptFile,
                ["entryPoint"] = function.Metadata.EntryPoint,
                ["language"] = function.Metadata.Language,
                ["bindings"] = new JsonArray([.. function.Bindings.Select(binding => binding.ToJson())]),
            },
        };
    }

    private JsonObject Status() => new()
    {
        ["id"] = environment.ApplicationName,
        ["state"] = triggers.AreRunning ? "Running" : "Initialized",
        ["version"] = typeof(AdminEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        ["computerName"] = Environment.MachineName,
        ["processUptime"] = (long)time.GetElapsedTime(_started).TotalMilliseconds,
    };
}
