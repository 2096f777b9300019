using KafkaFunctions.SelfHost.Telemetry;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry;

/// <summary>What the host adds to an app's telemetry.</summary>
public static class ConfigureFunctionsOpenTelemetry
{
    /// <summary>Adds the host's spans: those of invocations and of HTTP requests.</summary>
    /// <param name="builder">The app's telemetry.</param>
    public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithTracing(traces => traces
            .AddSource(HostTelemetry.Name)
            .AddAspNetCoreInstrumentation(options => options.Filter = IsOfUsers));
    }

    // Probes and scrapes come every few seconds and say nothing.
    private static bool IsOfUsers(HttpContext http) => !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments("/metrics");
}
