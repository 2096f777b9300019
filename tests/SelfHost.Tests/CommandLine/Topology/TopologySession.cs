using System.Text;
using System.Text.Json.Nodes;
using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Settings;
using KafkaFunctions.SelfHost.Topology;
using KafkaFunctions.Streams.Topology;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.Topology;

/// <summary>Runs <c>topology</c> for an app of some functions. There is nothing else: no broker and no storage.</summary>
internal sealed class TopologySession(params Type[] functions)
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    /// <summary>What functions use beside their bindings; null for an app without the platform.</summary>
    public FixedTopology? Catalog { get; init; } = new();

    public Dictionary<string, string?> Settings { get; init; } = [];

    public string Output => _output.ToString();

    public string[] Lines => Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public string Error => _error.ToString();

    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>Codes of the warnings.</summary>
    public string[] Codes => [.. Json["warnings"]!.AsArray().Select(warning => (string)warning!["code"]!)];

    /// <summary>Runs <c>topology</c>.</summary>
    public async Task<int> RunAsync(params string[] args)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(new FunctionSource(() => functions))
            .AddSingleton(new HostRunOptions())
            .AddSingleton(HostJson.Read(null, configuration))
            .AddSingleton<SettingResolver>()
            .AddSingleton<FunctionIndexer>()
            .AddSingleton<TopologyReader>();
        if (Catalog is not null)
        {
            services.AddSingleton<ITopologyCatalog>(Catalog);
        }

        await using var provider = services.BuildServiceProvider();
        return SelfHostCommandLine.Parse(["topology", .. args], new CommandConsole(Stream.Null, new StringWriter(_output), new StringWriter(_error))) switch
        {
            RunCommand command => await command.Execute(provider, TestContext.Current.CancellationToken),
            EndNow end => end.ExitStatus,
            var other => throw new InvalidOperationException($"Not a command: {other}"),
        };
    }
}
