using System.Diagnostics;
using KafkaFunctions.SelfHost.Functions;

namespace KafkaFunctions.SelfHost.Telemetry;

/// <summary>Names and sources of the host's telemetry.</summary>
internal static class HostTelemetry
{
    public const string Name = "KafkaFunctions.SelfHost";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The span of an invocation; null where nobody listens.</summary>
    public static Activity? StartInvocation(FunctionDescriptor function, string? traceParent) =>
        Source.HasListeners() ? Source.StartActivity($"Functions.{function.Name}", ActivityKind.Internal, traceParent!) : null;
}
