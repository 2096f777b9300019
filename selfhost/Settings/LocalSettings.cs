using System.Globalization;
using System.Text.Json;
using KafkaFunctions.SelfHost.Hosting;

namespace KafkaFunctions.SelfHost.Settings;

/// <summary>What local.settings.json says, as the func CLI reads it.</summary>
internal sealed class LocalSettings
{
    private readonly Dictionary<string, string?> _configuration = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];
    private readonly List<string> _skipped = [];

    private LocalSettings()
    {
    }

    /// <summary>For where there is no such file.</summary>
    public static LocalSettings None { get; } = new();

    /// <summary>The settings by configuration key.</summary>
    public IReadOnlyDictionary<string, string?> Configuration => _configuration;

    /// <summary>Names of the values, as written.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Names of values that lost against the environment.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <param name="path">The file.</param>
    /// <param name="isSetInEnvironment">Whether the environment has a variable of that name: it wins.</param>
    /// <exception cref="SelfHostException">The file cannot be used.</exception>
    public static LocalSettings Read(string path, Func<string, bool> isSetInEnvironment)
    {
        var file = JsonSettingsFile.Read(path);
        if (!TryGet(file, "IsEncrypted", out var encrypted) || encrypted.ValueKind != JsonValueKind.False)
        {
            throw new SelfHostException(
                $"{path}: the settings are encrypted, or do not say that they are not (IsEncrypted is true when absent). Run 'func settings decrypt', or write \"IsEncrypted\": false.");
        }

        var settings = new LocalSettings();
        settings.ReadValues(path, file, isSetInEnvironment);
        settings.ReadConnectionStrings(path, file);
        settings.ReadHost(path, file);
        return settings;
    }

    private void ReadValues(string path, JsonElement file, Func<string, bool> isSetInEnvironment)
    {
        foreach (var value in Section(path, file, "Values"))
        {
            _names.Add(value.Name);

            // An empty value is one that is not set, as with func.
            if (Scalar(path, $"Values.{value.Name}", value.Value) is not { Length: > 0 } text)
            {
                continue;
            }

            if (isSetInEnvironment(value.Name))
            {
                _skipped.Add(value.Name);
                continue;
            }

            _configuration[value.Name.Replace("__", ":", StringComparison.Ordinal)] = text;
        }
    }

    private void ReadConnectionStrings(string path, JsonElement file)
    {
        foreach (var entry in Section(path, file, "ConnectionStrings"))
        {
            var value = entry.Value.ValueKind == JsonValueKind.Object && TryGet(entry.Value, "ConnectionString", out var nested)
                ? nested
                : entry.Value;
            _configuration[$"ConnectionStrings:{entry.Name}"] = Scalar(path, $"ConnectionStrings.{entry.Name}", value);
        }
    }

    private void ReadHost(string path, JsonElement file)
    {
        foreach (var (name, key) in new[]
        {
            ("LocalHttpPort", HostSettings.LocalHttpPort), ("CORS", HostSettings.Cors), ("CORSCredentials", HostSettings.CorsCredentials),
        })
        {
            foreach (var entry in Section(path, file, "Host"))
            {
                if (entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    _configuration[key] = Scalar(path, $"Host.{name}", entry.Value);
                }
            }
        }
    }

    private static List<JsonProperty> Section(string path, JsonElement file, string name)
    {
        if (!TryGet(file, name, out var section) || section.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return section.ValueKind == JsonValueKind.Object
            ? [.. section.EnumerateObject()]
            : throw new SelfHostException($"{path}: {name} must be an object ({{ \"NAME\": \"value\" }}).");
    }

    private static string? Scalar(string path, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean().ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Null => null,
        _ => throw new SelfHostException($"{path}: {name} must be a text, not an object or an array. Write nested settings as \"{name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]}__NAME\": \"value\"."),
    };

    private static bool TryGet(JsonElement element, string name, out JsonElement value)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = property.Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
