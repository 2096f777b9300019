namespace KafkaFunctions.Worker.Export;

/// <summary>Names of the settings that say where telemetry is sent: OpenTelemetry's and Application Insights' own.</summary>
internal static class ExportSettingNames
{
    public const string Disabled = "OTEL_SDK_DISABLED";
    public const string Sampler = "OTEL_TRACES_SAMPLER";
    public const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";
    public const string ConnectionString = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    public const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>Which exporter a signal has, such as <c>OTEL_TRACES_EXPORTER</c>.</summary>
    public static string Exporter(Signal signal) => $"OTEL_{Upper(signal)}_EXPORTER";

    /// <summary>A setting of OTLP for all signals, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public static string Otlp(string setting) => $"OTEL_EXPORTER_OTLP_{setting}";

    /// <summary>A setting of OTLP for one signal, such as <c>OTEL_EXPORTER_OTLP_TRACES_ENDPOINT</c>.</summary>
    public static string Otlp(Signal signal, string setting) => $"OTEL_EXPORTER_OTLP_{Upper(signal)}_{setting}";

    private static string Upper(Signal signal) => signal.ToString().ToUpperInvariant();
}
