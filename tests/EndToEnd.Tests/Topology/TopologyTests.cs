using System.Text.Json.Nodes;
using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.Topology;

/// <summary>The topology of the app itself, and the documents that show it.</summary>
public sealed class TopologyTests : IDisposable
{
    private static readonly Dictionary<string, string?> NoSettings = [];

    private readonly AppFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("README.md")]
    [InlineData("functions/README.md")]
    public async Task Document_Committed_ShowsTheTopologyAsItIs(string document)
    {
        var committed = await File.ReadAllTextAsync(Path.Combine(Repository.Root, document), TestContext.Current.CancellationToken);
        _folder.Write("document.md", committed);

        var result = await AppProcess.RunAsync(_folder, NoSettings, ["topology", "--update", "document.md"]);

        Assert.True(result.ExitStatus == 0, string.Join('\n', result.Error));
        Assert.True(
            committed == await File.ReadAllTextAsync(Path.Combine(_folder.Path, "document.md"), TestContext.Current.CancellationToken),
            $"{document} does not show the topology of the functions any more. Refresh it: dotnet run --project functions -- topology --update {document}");
    }

    [Fact]
    public async Task Topology_OfTheApp_HasNoWarnings()
    {
        var result = await AppProcess.RunAsync(_folder, NoSettings, ["topology", "--strict", "--json"]);

        Assert.True(result.ExitStatus == 0, string.Join('\n', result.Output));
    }

    [Fact]
    public async Task Topology_WithoutABroker_IsThatOfTheCodeAndLeavesNothingBehind()
    {
        var settings = new Dictionary<string, string?> { ["BrokerList"] = "broker.invalid:9092", ["StateStorage__tableServiceUri"] = "https://storage.invalid/", ["Ingest__Topics"] = "orders" };

        var result = await AppProcess.RunAsync(_folder, settings, ["topology", "--json"]);

        var topology = JsonNode.Parse(Assert.Single(result.Output))!;
        Assert.Equal(0, result.ExitStatus);
        Assert.Equal(
            """{"name":"orders","writtenBy":[{"function":"IngestEvents","kind":"code"}],"readBy":["EnrichOrders"],"writtenOutsideBy":["shop"]}""",
            Find("topics", "orders").ToJsonString());
        Assert.Equal("""["EnrichOrders"]""", Find("stores", "customers")["lookedUpBy"]!.ToJsonString());
        Assert.Equal(["no-writer", "no-writer"], topology["warnings"]!.AsArray().Select(warning => (string)warning!["code"]!));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));

        JsonNode Find(string list, string name) => topology[list]!.AsArray().Single(item => (string)item!["name"]! == name)!;
    }
}
