using System.Diagnostics;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Invocation;
using KafkaFunctions.Streams.Telemetry;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Telemetry;

/// <summary>Names and sources of the host's telemetry.</summary>
internal static class HostTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "KafkaFunctions.SelfHost";

    /// <summary>OpenTelemetry's setting that turns all of it off.</summary>
    public const string DisabledSetting = "OTEL_SDK_DISABLED";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Whether anybody wants spans.</summary>
    public static bool IsTraced => Source.HasListeners();

    /// <summary>Whether telemetry is turned off.</summary>
    public static bool IsDisabled(IConfiguration configuration) => string.Equals(configuration[DisabledSetting], bool.TrueString, StringComparison.OrdinalIgnoreCase);

    /// <summary>The span of an invocation; null where nobody listens.</summary>
    public static Activity? StartInvocation(FunctionDescriptor function, TriggerInput input)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        _ = ActivityContext.TryParse(input.TraceParent, input.TraceState, isRemote: true, out var parent);
        return Source.StartActivity($"Functions.{function.Name}", ActivityKind.Internal, parent)?
            .SetTag(MessagingNames.Function, function.Name)
            .SetTag("faas.trigger", TriggerOf(function));
    }

    private static string TriggerOf(FunctionDescriptor function) =>
        function.Trigger.IsOfType(BindingTypes.KafkaTrigger) ? "pubsub"
        : function.Trigger.IsOfType(BindingTypes.HttpTrigger) ? "http"
        : "timer";
}
