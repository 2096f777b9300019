using KafkaFunctions.Streams.Topology;

namespace KafkaFunctions.SelfHost.Tests.CommandLine.Topology;

public sealed class TopologyWarningTests
{
    [Fact]
    public async Task Warnings_AppInOrder_AreNone()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain));

        Assert.Equal(0, await session.RunAsync("--strict"));

        Assert.Empty(session.Error);
    }

    [Fact]
    public async Task Warnings_TopicThatNobodyWrites_NameItItsReaderAndWhatMayBeMeant()
    {
        var session = new TopologySession(typeof(TopologySamples.Listener), typeof(TopologySamples.Speaker));

        Assert.Equal(0, await session.RunAsync());

        Assert.StartsWith("warning: Topic 'order' is read by Listen, and nobody writes it. Did you mean 'orders', which nobody reads?", session.Error, StringComparison.Ordinal);
        Assert.Contains("WrittenOutside(\"order\"", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_TopicThatIsWrittenOutside_AreNone()
    {
        var session = new TopologySession(typeof(TopologySamples.Listener)) { Catalog = new() { ExternalTopics = { new("order", "shop") } } };

        Assert.Equal(0, await session.RunAsync("--strict"));
    }

    [Fact]
    public async Task Warnings_TopicThatCodeWrites_AreNone()
    {
        var session = new TopologySession(typeof(TopologySamples.Listener), typeof(TopologySamples.Speaker)) { Catalog = new() { Functions = { new FunctionUse("Speak") { Topics = ["order"] } } } };

        Assert.Equal(0, await session.RunAsync("--strict"));
    }

    [Fact]
    public async Task Warnings_ExternalTopicThatNobodyReads_NameIt() =>
        Assert.Equal(["no-writer", "no-reader"], await CodesAsync(new() { ExternalTopics = { new("ordre", "shop") } }, typeof(TopologySamples.Listener)));

    [Fact]
    public async Task Warnings_Circle_ShowTheShortestWayRound()
    {
        var session = new TopologySession(typeof(TopologySamples.Circle));

        Assert.Equal(1, await session.RunAsync("--strict"));

        Assert.Equal("warning: Records go round: One -> to-two -> Two -> to-one -> One. See that each leaves the circle at some time, or write to another topic. [cycle]\n", session.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Warnings_Circle_OrderHasItsFunctionsBeforeThoseBehindIt()
    {
        var session = new TopologySession(typeof(TopologySamples.Circle));

        await session.RunAsync("--json");

        Assert.Equal("After", (string)session.Json["functions"]![3]!["name"]!);
    }

    [Fact]
    public async Task Warnings_CircleThroughDeadLetters_IsOne()
    {
        var session = new TopologySession(typeof(TopologySamples.Undertaker));

        await session.RunAsync();

        Assert.Contains("Revive -> work -> Work -> work.dlq -> Revive", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_OutputThatIsTheOwnInput_AreThatAndNoCircle()
    {
        var session = new TopologySession(typeof(TopologySamples.Mirror)) { Settings = { ["Glass"] = "glass" } };

        Assert.Equal(1, await session.RunAsync("--json", "--strict"));

        Assert.Equal(["own-input"], session.Codes);
        Assert.Empty(session.Error);
    }

    [Fact]
    public async Task Warnings_SharedGroupOfOneTopic_TellThatEachGetsAPart()
    {
        var session = new TopologySession(typeof(TopologySamples.Twins)) { Settings = { ["Family"] = "smith" }, Catalog = new() { ExternalTopics = { new("milk", "cow") } } };

        await session.RunAsync();

        Assert.StartsWith("warning: First (milk) and Second (milk) share the consumer group 'smith': of a topic that several of them read, each gets a part", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_SharedGroupOfSeveralTopics_TellOfAssignments()
    {
        var session = new TopologySession(typeof(TopologySamples.Twins), typeof(TopologySamples.Cousin))
        {
            Settings = { ["Family"] = "smith", ["AzureWebJobs.First.Disabled"] = "1" },
            Catalog = new() { ExternalTopics = { new("milk", "cow"), new("tea", "bush") } },
        };

        await session.RunAsync();

        Assert.Contains("First (milk), Second (milk) and Third (tea) share", session.Error, StringComparison.Ordinal);
        Assert.Single(session.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Warnings_NoGroup_NameTheFunction() =>
        Assert.Equal(["no-group"], await CodesAsync(new() { ExternalTopics = { new("roads", "rome") } }, typeof(TopologySamples.Loner)));

    [Fact]
    public async Task Warnings_StoreThatNobodyKeeps_SayWhatMayBeMeant()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain))
        {
            Catalog = new() { Functions = { Keeping("Sort", "customers"), new FunctionUse("Admire") { Stores = [new StoreUse("customer", StoreAccess.LookUp, "Join")] } } },
        };

        await session.RunAsync();

        Assert.Equal("warning: Admire looks keys up in store 'customer', and no function keeps it. Did you mean 'customers'? [no-keeper]", session.Error.Trim());
    }

    [Fact]
    public async Task Warnings_StoreOfTwoFunctionsWithoutJoin_NameBoth() =>
        Assert.Equal(["shared-store"], await CodesAsync(new() { Functions = { Keeping("Sort", "counts"), Keeping("Admire", "counts") } }, typeof(TopologySamples.Chain)));

    [Fact]
    public async Task Warnings_StoreOfAJoin_AreNone() =>
        Assert.Empty(await CodesAsync(new() { Functions = { Keeping("Sort", "joined", "Sort", "Admire"), Keeping("Admire", "joined", "Sort", "Admire") } }, typeof(TopologySamples.Chain)));

    [Fact]
    public async Task Warnings_JoinWithoutItsOtherSide_NameIt()
    {
        var session = new TopologySession(typeof(TopologySamples.Chain)) { Catalog = new() { Functions = { Keeping("Sort", "joined", "Sort", "Admirer") } } };

        await session.RunAsync();

        Assert.Contains("Store 'joined' is that of a join with Admirer, which does not keep it", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_WhatIsNotKnown_IsTold() =>
        Assert.Equal(
            ["unknown-stores", "unknown-function"],
            await CodesAsync(new() { Functions = { new FunctionUse("Sort") { IsUnreadable = true }, new FunctionUse("Sorter") { Topics = ["raw"] } } }, typeof(TopologySamples.Chain)));

    private static FunctionUse Keeping(string function, string store, params string[] functions) =>
        new(function) { Stores = [new StoreUse(store, StoreAccess.Keep, "Count") { Functions = functions }] };

    private static async Task<string[]> CodesAsync(FixedTopology catalog, params Type[] functions)
    {
        var session = new TopologySession(functions) { Catalog = catalog };
        Assert.Equal(0, await session.RunAsync("--json"));
        return session.Codes;
    }
}
