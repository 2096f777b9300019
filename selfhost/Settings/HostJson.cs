using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Settings;

/// <summary>What host.json says, with the environment's <c>AzureFunctionsJobHost__…</c> on top.</summary>
internal sealed class HostJson
{
    private const string EnvironmentSection = "AzureFunctionsJobHost";

    private readonly IConfiguration _configuration;
    private readonly List<string> _warnings = [];

    private HostJson(IConfiguration configuration, string source)
    {
        _configuration = configuration;
        Kafka = KafkaHostOptionsReader.Read(configuration.GetSection("extensions:kafka"), source, _warnings.Add);
    }

    /// <summary>What is odd in it but does no harm.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Options of the Kafka triggers.</summary>
    public KafkaHostOptions Kafka { get; }

    /// <summary>First part of the path of every HTTP function; may be empty.</summary>
    public string RoutePrefix => (_configuration["extensions:http:routePrefix"] ?? "api").Trim('/');

    /// <summary>Log levels by category.</summary>
    public IEnumerable<KeyValuePair<string, string?>> LogLevels =>
        _configuration.GetSection("logging:logLevel").GetChildren().Select(level => KeyValuePair.Create(level.Key, level.Value));

    /// <param name="path">The file; null for none.</param>
    /// <param name="settings">The app's settings, for overrides.</param>
    /// <exception cref="SelfHostException">The file cannot be used.</exception>
    public static HostJson Read(string? path, IConfiguration settings)
    {
        var builder = new ConfigurationBuilder();
        if (path is not null)
        {
            // Read first by itself: its errors name line and column.
            _ = JsonSettingsFile.Read(path);
            builder.AddJsonFile(path, optional: false, reloadOnChange: false);
        }

        builder.AddConfiguration(settings.GetSection(EnvironmentSection));
        try
        {
            return new HostJson(builder.Build(), path ?? SettingsFiles.Host);
        }
        catch (InvalidDataException invalid)
        {
            throw new SelfHostException($"{path}: {invalid.InnerException?.Message ?? invalid.Message}", invalid);
        }
    }
}
