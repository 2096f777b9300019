using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.SelfHost.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace KafkaFunctions.SelfHost.Hosting;

/// <summary>Fills the configuration. Later wins: defaults, host.json's log levels, appsettings.json, local.settings.json, the
/// environment, the command line.</summary>
internal sealed class HostConfiguration
{
    private const string LogLevel = "Logging:LogLevel:";

    // The names under which func start --functions passes its selection on.
    private const string SelectedFunctions = "AzureFunctionsJobHost:functions";

    private static readonly Dictionary<string, string?> QuietLogs = new()
    {
        [LogLevel + "Default"] = "Warning",
    };

    private static readonly Dictionary<string, string?> LogDefaults = new()
    {
        [LogLevel + "Default"] = "Information",
        [LogLevel + "Microsoft.AspNetCore"] = "Warning",
        // Whoever asks for the health gets the answer: a probe every few seconds would fill the log.
        [LogLevel + "Microsoft.Extensions.Diagnostics.HealthChecks"] = "Critical",
        [LogLevel + "Microsoft.Hosting.Lifetime"] = "Warning",
        [LogLevel + "System.Net.Http"] = "Warning",
    };

    private HostConfiguration(LocalSettings local, HostJson host)
    {
        Local = local;
        Host = host;
    }

    public LocalSettings Local { get; }

    public HostJson Host { get; }

    /// <exception cref="SelfHostException">A settings file cannot be used.</exception>
    public static HostConfiguration Fill(ConfigurationManager configuration, HostSurroundings surroundings, SelfHostInvocation invocation)
    {
        var hostPath = Find(SettingsFiles.Host);
        var localPath = Find(SettingsFiles.Local);
        Add(configuration, LogDefaults);
        Add(configuration, new Dictionary<string, string?>
        {
            [HostSettings.DataDirectory] = Path.Combine(Path.GetDirectoryName(hostPath) ?? surroundings.CurrentDirectory, ".data"),
        });
        var afterDefaults = configuration.Sources.Count;
        configuration.AddJsonFile(Path.Combine(surroundings.BaseDirectory, "appsettings.json"), optional: true);
        var beforeEnvironment = configuration.Sources.Count;
        configuration.AddEnvironmentVariables();
        Add(configuration, OfCommandLine(invocation));

        var local = localPath is null ? LocalSettings.None : LocalSettings.Read(localPath, name => Environment.GetEnvironmentVariable(name) is not null);
        configuration.Sources.Insert(beforeEnvironment, new MemoryConfigurationSource { InitialData = local.Configuration });
        var host = HostJson.Read(hostPath, configuration);
        configuration.Sources.Insert(afterDefaults, new MemoryConfigurationSource
        {
            InitialData = host.LogLevels.Select(level => KeyValuePair.Create(LogLevel + level.Key, level.Value)),
        });
        return new HostConfiguration(local, host);

        string? Find(string fileName) => SettingsFiles.Find(fileName, surroundings.CurrentDirectory, surroundings.BaseDirectory);
    }

    /// <summary>The functions that run, by the settings where the command line names none.</summary>
    public static HostRunOptions Select(HostRunOptions options, IConfiguration configuration)
    {
        string[] selected = [.. configuration.GetSection(SelectedFunctions).GetChildren().Select(function => function.Value?.Trim()).OfType<string>().Where(name => name.Length > 0)];
        return options.Functions.Count > 0 || selected.Length == 0
            ? options
            : options with { Functions = selected, FunctionsAreNamedBy = SelectedFunctions.Replace(":", "__", StringComparison.Ordinal) };
    }

    /// <summary>Names of settings that were probably meant to be others, for each what to say.</summary>
    public IEnumerable<string> UnknownSettings(KnownSettings known) =>
        Local.Names.Select(name => known.Check(name, SettingsFiles.Local))
            .Concat(Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal).Select(name => known.Check(name, "environment")))
            .OfType<string>();

    private static Dictionary<string, string?> OfCommandLine(SelfHostInvocation invocation) => invocation switch
    {
        RunHost { Options: { Demo: true, DemoRate: var rate, Functions: var functions } } => new(QuietLogs.Concat(Selection(functions)))
        {
            [HostSettings.DemoEnabled] = bool.TrueString,
            [HostSettings.DemoRate] = FormattableString.Invariant($"{rate}"),
        },
        RunHost { Options.Functions: { Count: > 0 } functions } => Selection(functions),
        RunHost => [],

        // What a command does is nobody's telemetry.
        _ => new(QuietLogs) { [HostTelemetry.DisabledSetting] = bool.TrueString },
    };

    private static Dictionary<string, string?> Selection(IReadOnlyList<string> functions) =>
        new(functions.Select((name, index) => KeyValuePair.Create<string, string?>($"{SelectedFunctions}:{index}", name)));

    private static void Add(ConfigurationManager configuration, Dictionary<string, string?> values) =>
        configuration.AddInMemoryCollection(values);
}
