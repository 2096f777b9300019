using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State;
using KafkaFunctions.Streams.State.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.Worker.Tests.State;

public sealed class StoreCatalogTests
{
    [Fact]
    public async Task Stores_OfProcessorsInFields_AreKnownWithTheirFormats()
    {
        await using var app = new WorkerApp { Functions = [typeof(PlaceFunctions), typeof(CountFunctions), typeof(WordFunctions)], Settings = { ["Kafka:Application"] = "shop" } };

        var catalog = app.Services.GetRequiredService<IStoreCatalog>();

        Assert.Equal("shop", catalog.Application);
        Assert.Equal(
            [
                new DeclaredStore("Places", new StoreDefinition("places", PayloadFormat.Bytes, PayloadFormat.Json)),
                new DeclaredStore("Count", new StoreDefinition("word-counts", PayloadFormat.Text, PayloadFormat.Int64)),
            ],
            catalog.Stores);
    }

    [Fact]
    public async Task Stores_FunctionThatDoesNotRunHere_AreKnown()
    {
        await using var app = new WorkerApp { Functions = [typeof(CountFunctions)], Settings = { ["AzureWebJobs.Count.Disabled"] = "1" } };

        Assert.Single(app.Services.GetRequiredService<IStoreCatalog>().Stores);
    }

    [Fact]
    public async Task Stores_OfAJoin_AreKnownOnceAndAsThoseOfBothFunctions()
    {
        await using var app = new WorkerApp { Functions = [typeof(JoinLeft), typeof(JoinRight)] };

        Assert.Equal(["JoinLeft", "JoinRight"], Assert.Single(app.Services.GetRequiredService<IStoreCatalog>().Stores).Functions);
    }

    [Fact]
    public async Task Stores_ClassThatCannotBeCreated_IsToldAndTheOthersAreKnown()
    {
        await using var app = new WorkerApp { Functions = [typeof(UnmakeableFunctions), typeof(CountFunctions)] };

        Assert.Equal("word-counts", Assert.Single(app.Services.GetRequiredService<IStoreCatalog>().Stores).Definition.Name);
        Assert.Contains(app.Logs.GetSnapshot(), line => line.Id.Id == 5501 && line.Message.Contains("Unmakeable", StringComparison.Ordinal));
    }
}
