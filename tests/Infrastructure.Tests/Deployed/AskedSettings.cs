using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace KafkaFunctions.Infrastructure.Tests.Deployed;

/// <summary>Has no setting, and remembers which ones were asked for.</summary>
internal sealed class AskedSettings : IConfigurationSource, IConfigurationProvider
{
    /// <summary>What others ask for: the web server, logging, OpenTelemetry, the worker, and the self-host, which is not there on Azure.</summary>
    private static readonly string[] NotTheApps =
    [
        "ASPNETCORE", "AllowedHosts", "applicationName", "AzureFunctionsJobHost:", "AzureWebJobs", "ConnectionStrings:", "contentRoot", "environment", "FunctionKey", "Functions:", "Host:", "hostingStartup",
        "http_ports", "https_ports", "Kestrel", "KafkaTrigger:", "Logging:", "MasterKey", "Metrics", "OTEL_", "preferHostingUrls", "preventHostingStartup", "services", "shutdownTimeoutSeconds", "startupAssembly", "startupTimeoutSeconds", "suppressStatusMessages", "urls",
        "webroot", "wwwroot",
    ];

    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the app and its libraries asked for, as in the environment.</summary>
    public IEnumerable<string> OfTheApp => _asked.Keys
        .Where(key => !Array.Exists(NotTheApps, prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        .Where(key => !IsReference(key))
        .Select(key => key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public bool TryGet(string key, out string? value)
    {
        value = null;
        _asked[key] = true;
        return false;
    }

    public void Set(string key, string? value) => throw new NotSupportedException();

    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    public void Load()
    {
    }

    public IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath) => earlierKeys;

    /// <summary>A text of an attribute (topic, group, broker), which the Kafka extension takes for a setting's name first.</summary>
    private static bool IsReference(string key) => key.Contains('-', StringComparison.Ordinal) || key.Contains('.', StringComparison.Ordinal) || key is "orders" or "localhost:9092" or "";
}
