using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>HTTP functions on ASP.NET Core types.</summary>
internal static class HttpFunctions
{
    /// <summary>Key in <see cref="FunctionContext.Items"/>.</summary>
    public const string ContextItem = "HttpRequestContext";

    /// <summary>Adds what HTTP functions need; safe to call twice.</summary>
    public static void AddTo(IFunctionsWorkerApplicationBuilder builder) => _ = builder;
}
