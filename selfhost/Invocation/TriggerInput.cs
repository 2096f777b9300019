using Microsoft.AspNetCore.Http;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>What starts an invocation.</summary>
/// <param name="Value">The trigger's value.</param>
internal sealed record TriggerInput(object? Value)
{
    /// <summary>W3C <c>traceparent</c> that the invocation continues; null for none.</summary>
    public string? TraceParent { get; init; }

    /// <summary>W3C <c>tracestate</c> beside it; null for none.</summary>
    public string? TraceState { get; init; }

    /// <summary>Why it runs, for the log.</summary>
    public string Reason { get; init; } = "New events";

    /// <summary>The HTTP request; null for other triggers.</summary>
    public HttpContext? Http { get; init; }
}
