using System.Text.Json;
using System.Text.RegularExpressions;
using KafkaFunctions.Infrastructure.Tests.Bicep;

namespace KafkaFunctions.Infrastructure.Tests.Deployed;

/// <summary>What a parameter file deploys, by its snapshot.</summary>
internal sealed partial class Deployment
{
    private const string AnyId = "00000000-0000-0000-0000-00000000c11d";

    private Deployment(string parameters, IReadOnlyList<DeployedResource> resources)
    {
        Parameters = parameters;
        Resources = resources;
        Settings = Of("Microsoft.Web/sites/config").Single(resource => resource.Name.EndsWith("/appsettings", StringComparison.Ordinal))
            .Properties.EnumerateObject().ToDictionary(setting => setting.Name, setting => (string?)Resolve(setting.Name, setting.Value.GetString()!));
    }

    /// <summary>The parameter file.</summary>
    public string Parameters { get; }

    public IReadOnlyList<DeployedResource> Resources { get; }

    /// <summary>The app's settings. What only Azure knows is a placeholder.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    public static TheoryData<string> All => [.. InfrastructureFiles.Parameters];

    public static Deployment Read(string parameters)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Snapshots.FileOf(parameters)));
        return new Deployment(parameters, [.. document.RootElement.GetProperty("predictedResources").EnumerateArray().Select(resource => new DeployedResource(
            resource.GetProperty("type").GetString()!,
            resource.GetProperty("name").GetString()!,
            resource.TryGetProperty("properties", out var properties) ? properties.Clone() : default))]);
    }

    public IEnumerable<DeployedResource> Of(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>Names of the children of that type, without their parents'.</summary>
    public IEnumerable<string> NamesOf(string type) => Of(type).Select(resource => resource.Name.Split('/')[^1]);

    /// <summary>Fills in what snapshots leave open: the cloud's suffix of storage accounts; connection strings and client ids, which Azure makes.</summary>
    private static string Resolve(string name, string value)
    {
        if (name == "APPLICATIONINSIGHTS_CONNECTION_STRING")
        {
            return $"InstrumentationKey={AnyId};IngestionEndpoint=https://westeurope-1.in.applicationinsights.azure.com/";
        }

        if (StorageUri().Match(value) is { Success: true } uri)
        {
            return $"https://{uri.Groups["account"].Value}.{uri.Groups["service"].Value}.core.windows.net";
        }

        return value.StartsWith('[') ? AnyId : value;
    }

    [GeneratedRegex(@"^\[format\('https://\{0\}\.(?<service>\w+)\.\{1\}', '(?<account>\w+)', environment\(\)\.suffixes\.storage\)\]$")]
    private static partial Regex StorageUri();
}
