using System.Text.Json.Nodes;
using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.Topology;

public sealed class TopologyCommandTests
{
    private static readonly FixedTopology ChainUse = new()
    {
        Functions =
        {
            new FunctionUse("Sort") { Stores = [new StoreUse("kept", StoreAccess.Keep, "Count")], LateOutputs = ["Late"] },
            new FunctionUse("Admire") { Stores = [new StoreUse("kept", StoreAccess.LookUp, "Join")] },
            new FunctionUse("Take") { Topics = ["audit"], QueriesStores = true },
        },
    };

    [Fact]
    public async Task Topology_Json_HasFunctionsInTheirFlowWithTriggersOutputsAndStores()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain)) { Catalog = ChainUse };

        Assert.Equal(0, await session.RunAsync("--json"));

        Assert.Single(session.Lines);
        Assert.Equal(["Beat", "Take", "Sort", "Admire"], Names("functions"));
        Assert.Equal("""{"type":"timer","schedule":"0 */5 * * * *"}""", Function("Beat")["trigger"]!.ToJsonString(Relaxed));
        Assert.Equal("""{"type":"http","methods":["POST"],"path":"/api/take/{kind}"}""", Function("Take")["trigger"]!.ToJsonString(Relaxed));
        Assert.Equal("""{"type":"kafka","topic":"raw","group":"sort"}""", Function("Sort")["trigger"]!.ToJsonString(Relaxed));
        Assert.Equal(
            """[{"topic":"good","kind":"output"},{"topic":"bad","kind":"output"},{"topic":"late","kind":"late"},{"topic":"raw.dlq","kind":"deadLetters"}]""",
            Function("Sort")["writes"]!.ToJsonString());
        Assert.Equal("""[{"topic":"raw","kind":"output"},{"topic":"audit","kind":"code"}]""", Function("Take")["writes"]!.ToJsonString());
        Assert.Equal(["kept"], Function("Sort")["keeps"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(["kept"], Function("Admire")["looksUp"]!.AsArray().Select(name => (string)name!));
        Assert.True((bool)Function("Take")["queriesStores"]!);
        Assert.Empty(session.Error);

        JsonNode Function(string name) => session.Json["functions"]!.AsArray().Single(function => (string)function!["name"]! == name)!;
        IEnumerable<string> Names(string list) => session.Json[list]!.AsArray().Select(item => (string)item!["name"]!);
    }

    [Fact]
    public async Task Topology_Json_HasTopicsGroupsAndStoresWithBothTheirEnds()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain), typeof(TopologySamples.Listener)) { Catalog = new() { Functions = ChainUse.Functions, ExternalTopics = { new("order", "shop") } } };

        Assert.Equal(0, await session.RunAsync("--json"));

        Assert.Equal("""{"name":"raw","writtenBy":[{"function":"Take","kind":"output"}],"readBy":["Sort"],"writtenOutsideBy":[]}""", Of("topics", "raw"));
        Assert.Equal("""{"name":"order","writtenBy":[],"readBy":["Listen"],"writtenOutsideBy":["shop"]}""", Of("topics", "order"));
        Assert.Equal("""{"name":"good.dlq","writtenBy":[{"function":"Admire","kind":"deadLetters"}],"readBy":[],"writtenOutsideBy":[]}""", Of("topics", "good.dlq"));
        Assert.Equal("""{"name":"sort","members":[{"function":"Sort","topic":"raw"}]}""", Of("groups", "sort"));
        Assert.Equal("""{"name":"kept","kind":"Count","keptBy":["Sort"],"lookedUpBy":["Admire"]}""", Of("stores", "kept"));
        Assert.Empty(session.Codes);

        string Of(string list, string name) => session.Json[list]!.AsArray().Single(item => (string)item!["name"]! == name)!.ToJsonString();
    }

    [Fact]
    public async Task Topology_Text_HasATableOfEach()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain)) { Catalog = ChainUse };

        Assert.Equal(0, await session.RunAsync());

        Assert.Equal(["Function", "Trigger", "Writes", "Stores"], Cells(session.Lines[0]));
        Assert.Contains(["Sort", "raw", "good, bad, late (late)", "keeps kept"], session.Lines.Select(Cells));
        Assert.Contains(["Take", "POST /api/take/{kind}", "raw, audit", "queries all"], session.Lines.Select(Cells));
        Assert.Contains(["raw.dlq", "Sort (dead letters)", "-"], session.Lines.Select(Cells));
        Assert.Contains(["admire", "Admire", "good"], session.Lines.Select(Cells));
        Assert.Contains(["kept", "Sort", "Admire", "Count"], session.Lines.Select(Cells));

        static string[] Cells(string line) => line.Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Topology_Mermaid_ConnectsEverythingAndDotsWhatIsBeside()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain)) { Catalog = ChainUse };

        Assert.Equal(0, await session.RunAsync("--format", "mermaid"));

        Assert.Equal("flowchart LR", session.Lines[0]);
        Assert.Contains("f_Sort[\"Sort\"]", session.Lines);
        Assert.Contains("t_raw_dlq([\"raw.dlq\"])", session.Lines);
        Assert.Contains("s_kept[(\"kept\")]", session.Lines);
        Assert.Contains("i_Take>\"POST /api/take/{kind}\"] --> f_Take", session.Lines);
        Assert.Contains("f_Take --> t_raw", session.Lines);
        Assert.Contains("t_raw -->|\"sort\"| f_Sort", session.Lines);
        Assert.Contains("f_Sort -. late .-> t_late", session.Lines);
        Assert.Contains("f_Sort -. dead letters .-> t_raw_dlq", session.Lines);
        Assert.Contains("f_Sort --> s_kept", session.Lines);
        Assert.Contains("s_kept -. looked up .-> f_Admire", session.Lines);
        Assert.Contains("a_all_stores -. queried .-> f_Take", session.Lines);
        Assert.Contains("class t_good_dlq,t_late,t_raw_dlq dotted", session.Lines);
    }

    [Fact]
    public async Task Topology_Mermaid_NamesThatDifferInWhatIdsLack_StayApart()
    {
        var session = new TopologySession(typeof(TopologySamples.Listener)) { Catalog = new() { ExternalTopics = { new("order", "a \"b\""), new("a-b", "x"), new("a.b", "x") } } };

        Assert.Equal(0, await session.RunAsync("--format", "MERMAID"));

        Assert.Contains("x_a__b_[/\"a #quot;b#quot;\"/]", session.Lines);
        Assert.Contains("t_a_b([\"a-b\"])", session.Lines);
        Assert.Contains("t_a_b_2([\"a.b\"])", session.Lines);
    }

    [Fact]
    public async Task Topology_Markdown_HasARowPerFunction()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain)) { Catalog = ChainUse };

        Assert.Equal(0, await session.RunAsync("--format", "markdown"));

        Assert.Equal("| Function | From | To | Consumer group |", session.Lines[0]);
        Assert.Contains("| `Sort` | `raw` | `good`, `bad`, `late` (late), store `kept` | `sort` |", session.Lines);
        Assert.Contains("| `Admire` | `good`, store `kept` | | `admire` |", session.Lines);
    }

    [Fact]
    public async Task Topology_AppWithoutThePlatform_HasNoDeadLetters()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain)) { Catalog = null };

        Assert.Equal(0, await session.RunAsync("--json"));

        Assert.DoesNotContain("dlq", session.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topology_DisabledFunction_IsShownAsSuch()
    {
        var session = new TopologySession(typeof(TopologySamples.Mirror), typeof(TopologySamples.Chain)) { Settings = { ["AzureWebJobs.Reflect.Disabled"] = "1" } };

        Assert.Equal(0, await session.RunAsync());

        Assert.Contains(session.Lines, line => line.StartsWith("Reflect (disabled)  glass", StringComparison.Ordinal) && line.Contains("%Glass%", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Topology_WrongFunction_SaysWhatIsWrong()
    {
        var session = new TopologySession(typeof(TopologySamples.Mirror));

        Assert.Equal(1, await session.RunAsync());

        Assert.Contains("error: Function 'Reflect', topic of kafka '$return': '%Glass%' has no value. Set Glass", session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format takes text, mermaid, markdown or json, not 'dot'", "--format", "dot")]
    [InlineData("--format takes text, mermaid, markdown or json, not '1'", "--format", "1")]
    [InlineData("--json is --format json", "--json", "--format", "text")]
    [InlineData("--update takes the formats that the files say", "--json", "--update", "README.md")]
    [InlineData("Unknown option '--strickt' of 'topology'. Did you mean '--strict'?", "--strickt")]
    public async Task Topology_WrongUsage_IsToldWithTheFix(string expected, params string[] args)
    {
        var session = new TopologySession(typeof(TopologySamples.Chain));

        Assert.Equal(2, await session.RunAsync(args));

        Assert.Contains(expected, session.Error, StringComparison.Ordinal);
        Assert.Empty(session.Output);
    }

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
