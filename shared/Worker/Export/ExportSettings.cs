using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace KafkaFunctions.Worker.Export;

/// <summary>Where telemetry is sent. OpenTelemetry's SDK takes no notice of values that it cannot use; here they are errors.</summary>
internal sealed class ExportSettings
{
    private const string None = "none";
    private const string OtlpExporter = "otlp";
    private const string Prometheus = "prometheus";
    private const string Grpc = "grpc";
    private const string HttpProtobuf = "http/protobuf";

    private const string DefaultSampler = "parentbased_always_on";

    private static readonly string[] AzureSamplers = ["microsoft.rate_limited", "microsoft.fixed_percentage"];

    private readonly IConfiguration _configuration;
    private readonly HashSet<Signal> _otlp = [];
    private readonly HashSet<Signal> _azureMonitor = [];
    private readonly List<string> _errors = [];

    private ExportSettings(IConfiguration configuration) => _configuration = configuration;

    /// <summary>What is wrong, with the fix; nothing is sent then.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Application Insights' connection string; null where nothing is sent there.</summary>
    public string? ConnectionString { get; private init; }

    /// <summary>Whether anything is sent at all.</summary>
    public bool Sends => _errors.Count == 0 && (_otlp.Count > 0 || _azureMonitor.Count > 0);

    public bool UsesOtlp(Signal signal) => _otlp.Contains(signal);

    public bool UsesAzureMonitor(Signal signal) => _azureMonitor.Contains(signal);

    public bool Uses(Signal signal) => UsesOtlp(signal) || UsesAzureMonitor(signal);

    /// <summary>The sampler, wherever traces are sent; null for Azure Monitor's own, which the settings name.</summary>
    /// <remarks>Azure Monitor's exporter brings one that takes five traces a second and asks no parent: of a trace over several functions
    /// it would take parts.</remarks>
    public Sampler? Sampler
    {
        get
        {
            var name = Value(ExportSettingNames.Sampler) ?? DefaultSampler;
            var share = Samplers.ReadShare(Value(ExportSettingNames.SamplerArgument) ?? "") ?? 1;
            return AzureSamplers.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : Samplers.Create(name, share);
        }
    }

    /// <summary>A setting of a signal's OTLP exporter that is its own; null for what holds for all.</summary>
    public string? Own(Signal signal, string setting) => Value(ExportSettingNames.Otlp(signal, setting));

    public static ExportSettings Read(IConfiguration configuration)
    {
        string? connection = configuration[ExportSettingNames.ConnectionString] is { Length: > 0 } text ? text : null;
        var settings = new ExportSettings(configuration) { ConnectionString = connection };
        var disabled = settings.Value(ExportSettingNames.Disabled);
        if (!string.Equals(disabled, bool.TrueString, StringComparison.OrdinalIgnoreCase))
        {
            if (disabled is not null && !bool.TryParse(disabled, out _))
            {
                settings._errors.Add($"{ExportSettingNames.Disabled} is '{disabled}'. Use true or false.");
            }

            settings.Read();
        }

        return settings;
    }

    private void Read()
    {
        foreach (var signal in Enum.GetValues<Signal>())
        {
            ReadExporters(signal);
        }

        CheckOtlp(ExportSettingNames.Otlp("ENDPOINT"), ExportSettingNames.Otlp("PROTOCOL"));
        CheckSampler();
        _errors.AddRange(new ExportValues(Value).Errors());
        if (ConnectionString?.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase) == false)
        {
            _errors.Add($"{ExportSettingNames.ConnectionString} has no InstrumentationKey. Copy it from the Application Insights resource: InstrumentationKey=…;IngestionEndpoint=….");
        }
    }

    private void ReadExporters(Signal signal)
    {
        string[] names = Value(ExportSettingNames.Exporter(signal))?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (Array.Find(names, name => name is not (None or OtlpExporter) && !(name == Prometheus && signal == Signal.Metrics)) is { } unknown)
        {
            _errors.Add($"{ExportSettingNames.Exporter(signal)} is '{unknown}'. Use {OtlpExporter} or {None}.");
        }

        if (names.Contains(None))
        {
            return;
        }

        if (names.Contains(OtlpExporter) || (names.Length == 0 && (Value(ExportSettingNames.Otlp("ENDPOINT")) ?? Own(signal, "ENDPOINT")) is not null))
        {
            _otlp.Add(signal);
            CheckOtlp(ExportSettingNames.Otlp(signal, "ENDPOINT"), ExportSettingNames.Otlp(signal, "PROTOCOL"));
        }

        if (ConnectionString is not null)
        {
            _azureMonitor.Add(signal);
        }
    }

    private void CheckOtlp(string endpoint, string protocol)
    {
        if (Value(endpoint) is { } address && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            _errors.Add($"{endpoint} is '{address}'. Use an address such as http://localhost:4317.");
        }

        if (Value(protocol) is { } name && name is not (Grpc or HttpProtobuf))
        {
            _errors.Add($"{protocol} is '{name}'. Use {Grpc} or {HttpProtobuf}.");
        }
    }

    private void CheckSampler()
    {
        if (Value(ExportSettingNames.Sampler) is not { } name)
        {
            return;
        }

        string[] known = UsesAzureMonitor(Signal.Traces) ? [.. Samplers.Names, .. AzureSamplers] : Samplers.Names;
        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            _errors.Add($"{ExportSettingNames.Sampler} is '{name}'. Use {string.Join(", ", known[..^1])} or {known[^1]}.");
        }
        else if (Samplers.TakesShare(name) && Value(ExportSettingNames.SamplerArgument) is { } share && Samplers.ReadShare(share) is null)
        {
            _errors.Add($"{ExportSettingNames.SamplerArgument} is '{share}'. Use a share of the traces from 0 to 1, such as 0.1.");
        }
    }

    private string? Value(string name) => _configuration[name]?.Trim() is { Length: > 0 } value ? value : null;
}
