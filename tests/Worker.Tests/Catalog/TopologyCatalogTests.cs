using KafkaFunctions.Streams.Topology;
using KafkaFunctions.Worker.Tests.State;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker.Tests.Catalog;

public sealed class TopologyCatalogTests
{
    [Fact]
    public async Task Functions_OfWindows_KeepTheirStoreAndKnowTheLateOutput()
    {
        var use = await UseOfAsync("CountLate", typeof(TopologyFunctions.Late));

        var store = Assert.Single(use.Stores);
        Assert.Equal(("late-counts", StoreAccess.Keep), (store.Store, store.Access));
        Assert.StartsWith("Count", store.Kind, StringComparison.Ordinal);
        Assert.Equal(["TooLate"], use.LateOutputs);
    }

    [Fact]
    public async Task Functions_OfLookUps_KeepNothing() =>
        Assert.Equal(
            [("names", StoreAccess.LookUp), ("places", StoreAccess.LookUp)],
            (await UseOfAsync("LookUp", typeof(TopologyFunctions.LookUps))).Stores.Select(store => (store.Store, store.Access)));

    [Fact]
    public async Task Functions_OfAJoin_KnowEachOther()
    {
        var use = await UseOfAsync("JoinLeft", typeof(JoinLeft), typeof(JoinRight));

        Assert.Equal(["JoinLeft", "JoinRight"], Assert.Single(use.Stores).Functions);
    }

    [Fact]
    public async Task Functions_ThatAskForQueriesOrUpkeep_UseAllStores()
    {
        var query = await UseOfAsync("Ask", typeof(TopologyFunctions.Asking), typeof(TopologyFunctions.Cleaning));
        var upkeep = await UseOfAsync("Clean", typeof(TopologyFunctions.Asking), typeof(TopologyFunctions.Cleaning));

        Assert.Equal((true, false), (query.QueriesStores, query.MaintainsStores));
        Assert.Equal((false, true), (upkeep.QueriesStores, upkeep.MaintainsStores));
    }

    [Fact]
    public async Task Functions_ClassThatCannotBeCreated_IsUnreadable() =>
        Assert.True((await UseOfAsync("Unmakeable", typeof(UnmakeableFunctions))).IsUnreadable);

    [Fact]
    public async Task Functions_Declared_HaveTheirTopicsAndThoseThatAreNotThereAreTold()
    {
        await using var app = new WorkerApp
        {
            Functions = [typeof(TopologyFunctions.Asking)],
            Configure = builder => builder.Services.Configure<TopologyOptions>(topology => topology.WrittenBy("ask", "one", "two").WrittenBy("Ask", "two").WrittenBy("Aks", "three")),
        };

        var functions = app.Services.GetRequiredService<ITopologyCatalog>().Functions;

        Assert.Equal(["Ask", "Aks"], functions.Select(function => function.Function));
        Assert.Equal([["one", "two"], ["three"]], functions.Select(function => function.Topics));
    }

    [Fact]
    public async Task ExternalTopics_WithASetting_AreThoseThatTheBindingReads()
    {
        await using var app = new WorkerApp
        {
            Functions = [typeof(TopologyFunctions.LookUps)],
            Settings = { ["Visits"] = "shop-visits" },
            Configure = builder => builder.Services.Configure<TopologyOptions>(topology => topology.WrittenOutside("%Visits%", "door").WrittenOutside("%Unset%", "window")),
        };

        Assert.Equal([new("shop-visits", "door"), new("%Unset%", "window")], app.Services.GetRequiredService<ITopologyCatalog>().ExternalTopics);
    }

    [Fact]
    public async Task DeadLetterTopicOf_Topic_IsTheOneThatIsWritten()
    {
        await using var app = new WorkerApp { Functions = [] };

        Assert.Equal("orders.dlq", app.Services.GetRequiredService<ITopologyCatalog>().DeadLetterTopicOf("orders"));
    }

    private static async Task<FunctionUse> UseOfAsync(string function, params Type[] functions)
    {
        await using var app = new WorkerApp { Functions = functions };
        return app.Services.GetRequiredService<ITopologyCatalog>().Functions.Single(use => use.Function == function);
    }
}
