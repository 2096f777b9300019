using System.Globalization;
using Azure.Core;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace KafkaFunctions.Worker.Export;

/// <summary>Sends telemetry by OTLP, to Application Insights, or both, as the settings say.</summary>
internal static class TelemetryExport
{
    private const string Ours = "KafkaFunctions.*";

    // Microsoft's worker: its spans of invocations, and what has the Functions host leave telemetry of its invocations to it. These are
    // all that Microsoft.Azure.Functions.Worker.OpenTelemetry would add but attributes of the resource.
    private const string MicrosoftsWorker = "Microsoft.Azure.Functions.Worker";
    private const string ExportsCapability = "WorkerOpenTelemetryEnabled";
    private const string SchemaCapability = "WorkerOpenTelemetrySchemaVersion";
    private const string Schema = "1.37.0";

    // Partitions of all functions together; the SDK's own limit of 2,000 is for what nobody has counted before.
    private const int MaxLagSeries = 20_000;

    /// <summary>Adds the exporters.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="settings">Where to.</param>
    /// <param name="configuration">The app's settings.</param>
    /// <param name="service">Name of the service, unless the settings have one.</param>
    public static void Add(IServiceCollection services, ExportSettings settings, IConfiguration configuration, string service)
    {
        services.Configure<WorkerOptions>(worker =>
        {
            worker.Capabilities[ExportsCapability] = bool.TrueString;
            worker.Capabilities[SchemaCapability] = Schema;
        });

        // The later wins: what the settings say.
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service).AddEnvironmentVariableDetector());
        var credential = CredentialOf(configuration);
        if (settings.Uses(Signal.Traces))
        {
            telemetry.WithTracing(traces => AddTraces(traces, settings, credential));
        }

        if (settings.Uses(Signal.Metrics))
        {
            telemetry.WithMetrics(metrics => AddMetrics(metrics, settings, credential));
        }

        if (settings.Uses(Signal.Logs))
        {
            telemetry.WithLogging(logs => AddLogs(logs, settings, credential), options => options.IncludeFormattedMessage = true);
        }
    }

    /// <summary>What holds for metrics wherever they go.</summary>
    public static void AddViews(IServiceCollection services) => services.ConfigureOpenTelemetryMeterProvider(metrics =>
    {
        foreach (var gauge in (string[])["kafkafunctions.consumer.lag", "kafkafunctions.consumer.committed_offset"])
        {
            metrics.AddView(gauge, new MetricStreamConfiguration { CardinalityLimit = MaxLagSeries });
        }
    });

    private static void AddTraces(TracerProviderBuilder traces, ExportSettings settings, TokenCredential? credential)
    {
        traces.AddSource(Ours, MicrosoftsWorker);
        if (settings.UsesOtlp(Signal.Traces))
        {
            traces.AddOtlpExporter(options => Apply(options, settings, Signal.Traces));
        }

        if (settings.UsesAzureMonitor(Signal.Traces))
        {
            traces.AddAzureMonitorTraceExporter(options => options.ConnectionString = settings.ConnectionString, credential);
        }

        if (settings.Sampler is { } sampler && traces is IDeferredTracerProviderBuilder deferred)
        {
            // When the provider is made: Azure Monitor's exporter sets its own then, too.
            deferred.Configure((_, builder) => builder.SetSampler(sampler));
        }
    }

    private static void AddMetrics(MeterProviderBuilder metrics, ExportSettings settings, TokenCredential? credential)
    {
        metrics.AddMeter(Ours, "System.Runtime");
        if (settings.UsesOtlp(Signal.Metrics))
        {
            metrics.AddOtlpExporter(options => Apply(options, settings, Signal.Metrics));
        }

        if (settings.UsesAzureMonitor(Signal.Metrics))
        {
            metrics.AddAzureMonitorMetricExporter(options => options.ConnectionString = settings.ConnectionString, credential);
        }
    }

    private static void AddLogs(LoggerProviderBuilder logs, ExportSettings settings, TokenCredential? credential)
    {
        if (settings.UsesOtlp(Signal.Logs))
        {
            logs.AddOtlpExporter(options => Apply(options, settings, Signal.Logs));
        }

        if (settings.UsesAzureMonitor(Signal.Logs))
        {
            logs.AddAzureMonitorLogExporter(options => options.ConnectionString = settings.ConnectionString, credential);
        }
    }

    /// <summary>A signal's own settings, which the SDK reads only where all signals are exported alike. An endpoint of a signal is a whole
    /// address, its path included.</summary>
    private static void Apply(OtlpExporterOptions options, ExportSettings settings, Signal signal)
    {
        if (settings.Own(signal, "PROTOCOL") is { } protocol)
        {
            options.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }

        if (settings.Own(signal, "ENDPOINT") is { } endpoint)
        {
            options.Endpoint = new Uri(endpoint);
        }

        options.Headers = settings.Own(signal, "HEADERS") ?? options.Headers;
        if (int.TryParse(settings.Own(signal, "TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            options.TimeoutMilliseconds = milliseconds;
        }
    }

    /// <summary>Of an Application Insights resource that takes no keys: <c>Authorization=AAD</c>, with <c>ClientId=…</c> for a user-assigned
    /// identity, as the Functions host reads it.</summary>
    private static DefaultAzureCredential? CredentialOf(IConfiguration configuration)
    {
        var parts = (configuration[ExportSettingNames.Authentication] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Contains("Authorization=AAD", StringComparer.OrdinalIgnoreCase)
            ? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = ValueOf(parts, "ClientId=") })
            : null;
    }

    private static string? ValueOf(string[] parts, string prefix) =>
        Array.Find(parts, part => part.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))?[prefix.Length..];
}
