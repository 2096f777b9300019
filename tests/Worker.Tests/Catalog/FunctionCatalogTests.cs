using KafkaFunctions.Kafka;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Worker.Catalog;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Worker.Tests.Catalog;

public sealed class FunctionCatalogTests
{
    [Fact]
    public void Read_SettingsInAttributes_AreResolved()
    {
        var catalog = Read([typeof(NamedBySettings)], ("BrokerList", "b:9092"), ("In", "the-input"), ("Out", "the-output"), ("Group", "the-group"));

        var function = catalog.Find("named")!;
        Assert.Equal(new KafkaTriggerBinding("b:9092", "the-input", "the-group"), function.Trigger);
        Assert.Equal("the-input.dlq", function.Trigger!.DeadLetterTopic);
        Assert.Equal([new KafkaOutputBinding("$return", "b:9092", "the-output")], function.Outputs);
    }

    [Fact]
    public void Read_PropertyOutputs_AreNamedByTheirProperty() => Assert.Equal(
        [new KafkaOutputBinding("Long", "embedded", "long"), new KafkaOutputBinding("Short", "embedded", "short")],
        Read([typeof(WordFunctions)]).Find("Sort")!.Outputs);

    [Theory]
    [InlineData("AzureFunctionsJobHost:functions:0", "Split", new[] { "Split" })]
    [InlineData("AzureWebJobs.Split.Disabled", "true", new[] { "Shout", "Sort" })]
    [InlineData("AzureWebJobs.Split.Disabled", "1", new[] { "Shout", "Sort" })]
    [InlineData("AzureWebJobs:Split:Disabled", "True", new[] { "Shout", "Sort" })]
    [InlineData("AzureWebJobs_Split_Disabled", "true", new[] { "Shout", "Sort" })]
    [InlineData("AzureWebJobs.Split.Disabled", "false", new[] { "Shout", "Sort", "Split" })]
    public void Functions_SelectedOrDisabled_AreThoseThatRun(string setting, string value, string[] expected) =>
        Assert.Equal(expected, Read([typeof(WordFunctions)], (setting, value)).Functions.Select(function => function.Name).Order());

    [Fact]
    public void WritersOf_WriterRunsElsewhere_KnowsIt() =>
        Assert.Equal(["Split"], Read([typeof(WordFunctions)], ("AzureWebJobs.Split.Disabled", "true")).WritersOf("words"));

    [Fact]
    public void Read_SettingMissing_NamesItUnlessTheFunctionIsDisabled()
    {
        var error = Assert.Throws<KafkaSettingsException>(() => Read([typeof(NamedBySettings)]));

        Assert.Contains("Set In", error.Message, StringComparison.Ordinal);
        Assert.Empty(Read([typeof(NamedBySettings)], ("AzureWebJobs.Named.Disabled", "true")).Functions);
    }

    [Fact]
    public async Task Start_OutputToAnotherBroker_IsAnErrorThatSaysWhatToDo()
    {
        await using var app = new WorkerApp { Functions = [typeof(OtherBroker)] };

        await app.StartAsync();

        Assert.Equal(1, app.ExitStatus);
        Assert.Contains("Output '$return' of Elsewhere goes to broker 'other:9092', but BrokerList is 'embedded'", app.Console, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireOneBroker_SameBroker_IsFine()
    {
        var configuration = Configuration(("BrokerList", " Embedded "));

        Assert.NotNull(FunctionCatalog.Read([typeof(WordFunctions)], configuration).RequireOneBroker(configuration));
    }

    private static FunctionCatalog Read(Type[] functions, params (string Name, string Value)[] settings) =>
        FunctionCatalog.Read(functions, Configuration(settings));

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();

    private sealed class NamedBySettings
    {
        [Function("Named")]
        [KafkaOutput("%BrokerList%", "%Out%")]
        public static OutputRecord[] Run([KafkaTrigger("%BrokerList%", "%In%", ConsumerGroup = "%Group%")] KafkaRecord record) => record is null ? [] : [];
    }

    private sealed class OtherBroker
    {
        [Function("Elsewhere")]
        [KafkaOutput("other:9092", "out")]
        public static OutputRecord[] Run([KafkaTrigger("%BrokerList%", "in", ConsumerGroup = "g")] KafkaRecord record) => record is null ? [] : [];
    }
}
