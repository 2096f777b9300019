using System.Text.RegularExpressions;
using KafkaFunctions.Infrastructure.Tests.Generated;
using KafkaFunctions.Kafka;
using KafkaFunctions.Tables;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.Infrastructure.Tests.Deployed;

/// <summary>The settings that are deployed and those that the code reads are the same ones.</summary>
public sealed partial class SettingTests
{
    /// <summary>What the Functions host reads, not the app.</summary>
    private static readonly string[] HostSettings =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AzureFunctionsJobHost__extensions__kafka__autoCommitIntervalMs", "AzureFunctionsJobHost__extensions__kafka__sessionTimeoutMs",
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential",
        "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID",
    ];

    /// <summary>What the code reads, but not on Azure, and why.</summary>
    private static readonly Dictionary<string, string> NotOnAzure = new()
    {
        ["DataDirectory"] = "embedded log and state: an instance on Azure loses its disk",
        ["WEBSITE_INSTANCE_ID"] = "set by the platform itself",
        ["Demo__Rate"] = "an option of the demo, and read by its display, too",
    };

    public static TheoryData<string> Deployments => Deployment.All;

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Settings_ThatAreDeployed_AreKnownToTheCode(string parameters)
    {
        var known = AppSettings.Options.Select(setting => setting.Name).Concat(AppSettings.Connections.Select(setting => setting.Name)).Concat(HostSettings).ToHashSet();

        var unknown = Deployment.Read(parameters).Settings.Keys.Where(name => !known.Contains(name) && !IsStateAccount(name) && !IsSwitch(name)).ToList();

        Assert.True(unknown.Count == 0, $"{parameters} deploys settings that nothing in the code reads: {string.Join(", ", unknown)}. Remove them, or read them.");
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void Settings_ThatAreDeployed_AreAcceptedByTheCode(string parameters)
    {
        using var app = AppCode.Build(Deployment.Read(parameters).Settings.ToDictionary(setting => setting.Key, setting => setting.Key == KafkaSettingNames.CaFile ? AnyFile : setting.Value));

        app.Services.GetService<IStartupValidator>()?.Validate();

        var configuration = app.Services.GetRequiredService<IConfiguration>();
        Assert.NotNull(KafkaConnection.FromConfiguration(configuration));
        Assert.All(StateStorageSettings.Read(configuration)!, account => Assert.NotNull(account.ClientId));
    }

    /// <summary>Whatever the code asks for while it starts and makes its functions can be deployed: settings that reflection does not find, too.</summary>
    [Fact]
    public void Settings_ThatTheCodeAsksFor_CanBeDeployed()
    {
        var asked = new AskedSettings();
        var somewhere = new Dictionary<string, string?> { [KafkaSettingNames.BrokerList] = "localhost:9092", [StateStorageSettings.SettingName] = "UseDevelopmentStorage=true" };
        using (var app = AppCode.Build(somewhere, asked))
        {
            app.Services.GetService<IStartupValidator>()?.Validate();
            Assert.NotEmpty(app.Services.GetRequiredService<StoreCatalog>().Stores);
            _ = KafkaConnection.FromConfiguration(app.Services.GetRequiredService<IConfiguration>());
            Assert.All(AppCode.FunctionTypes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(app.Services, type)));
        }

        AssertCanBeDeployed(asked.OfTheApp);
        Assert.Contains(KafkaSettingNames.BrokerList, asked.OfTheApp);
        Assert.Contains("Ingest__Topics", asked.OfTheApp);
    }

    /// <summary>What is read later, in the middle of a batch, is at least found by its name in the sources.</summary>
    [Fact]
    public void Settings_ThatTheSourcesName_CanBeDeployed()
    {
        var asked = new AskedSettings();
        string[] folders = ["functions", "shared"];
        var sources = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj", "Testing"]).Any());
        foreach (Match read in sources.SelectMany(file => ReadByName().Matches(File.ReadAllText(file))))
        {
            asked.TryGet(read.Groups["name"].Value.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), out _);
        }

        AssertCanBeDeployed(asked.OfTheApp);
        Assert.Contains("Demo__Enabled", asked.OfTheApp);
    }

    [Fact]
    public void Settings_ByReflection_AreNotNone()
    {
        Assert.Contains(AppSettings.Options, setting => setting is { Name: "Kafka__CreateTopics", Summary.Length: > 0 });
        Assert.Contains(AppSettings.Options, setting => setting is { Name: "State__Buckets", Summary.Length: > 0 });
    }

    private static void AssertCanBeDeployed(IEnumerable<string> names)
    {
        var deployable = AppSettings.Options.Select(setting => setting.Name)
            .Concat(AppSettings.Connections.Select(setting => setting.Name))
            .Concat(HostSettings)
            .Concat(NotOnAzure.Keys)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        var missing = names.Where(name => !deployable.Contains(name) && !IsStateAccount(name) && !IsSwitch(name)).ToList();

        Assert.True(
            missing.Count == 0,
            $"The code reads settings that cannot be deployed: {string.Join(", ", missing)}. Put each into an options class with a SectionName, or name it in {nameof(AppSettings)}; "
                + $"one that is not for Azure belongs into {nameof(NotOnAzure)}, with the reason.");
    }

    private static string AnyFile => typeof(SettingTests).Assembly.Location;

    private static bool IsStateAccount(string name) => name.StartsWith($"{StateStorageSettings.SettingName}__", StringComparison.Ordinal)
        && name.EndsWith($"__{StateStorageSettings.ServiceUri}", StringComparison.Ordinal) | name.EndsWith($"__{StateStorageSettings.ClientId}", StringComparison.Ordinal);

    [GeneratedRegex("""(?:onfiguration\[|\.GetValue(?:<[\w?]+>)?\(|\.GetSection\(|Environment\.GetEnvironmentVariable\()"(?<name>[\w.:]+)"[\]),]""")]
    private static partial Regex ReadByName();

    private static bool IsSwitch(string name) => name.StartsWith("AzureWebJobs.", StringComparison.Ordinal) && name.EndsWith(".Disabled", StringComparison.Ordinal);
}
