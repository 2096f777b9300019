using KafkaFunctions.SelfHost.CommandLine;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Settings;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Tests.Functions;

public sealed class FunctionIndexerTests
{
    private static readonly string[] AllSamples = ["Branches", "Bytes", "Filter", "Ping", "Post", "Produce", "Single", "Strings", "Tick", "Tock"];

    [Fact]
    public void Read_Samples_FindsAllByName() => Assert.Equal(AllSamples, Names(Read([typeof(SampleFunctions)]).Functions));

    [Fact]
    public void Read_Function_DescribesTriggerAndOutputs()
    {
        var function = Read([typeof(SampleFunctions)]).Functions.Single(function => function.Name == "Branches");

        Assert.Equal(("evts", "kafkaTrigger", true), (function.Trigger.Name, function.Trigger.Type, function.Trigger.IsBatched));
        Assert.Equal(["left", "right"], function.Outputs.Select(output => output.GetString("topic")));
        Assert.Equal(["Left", "Right"], function.Definition.OutputBindings.Keys.Order());
        Assert.Equal(["evts"], function.Definition.InputBindings.Keys);
        Assert.Equal(typeof(SampleFunctions.Branch), function.ResultType);
    }

    [Theory]
    [InlineData(typeof(BrokenFunctions.TwoTriggers), "'Twofold' has 2 triggers", "make a function of each")]
    [InlineData(typeof(BrokenFunctions.NoTrigger), "'Idle' has no trigger", "Put [KafkaTrigger]")]
    [InlineData(typeof(BrokenFunctions.SameName), "2 functions are named 'Twin'", "SameName.First")]
    [InlineData(typeof(BrokenFunctions.BatchIntoOne), "'Narrow': with IsBatched = true", "must be an array")]
    [InlineData(typeof(BrokenFunctions.OneIntoArray), "'Wide'", "write IsBatched = true")]
    [InlineData(typeof(BrokenFunctions.TriggerOfOtherType), "'Typed': the parameter 'value' is of type Version", "Use KafkaRecord")]
    [InlineData(typeof(BrokenFunctions.LoggerParameter), "'Logged': the parameter 'log' is of type ILogger", "by the constructor")]
    [InlineData(typeof(BrokenFunctions.UnknownSetting), "'Lost', topic of kafkaTrigger 'record': '%NoTopic%' has no value", "Set NoTopic")]
    [InlineData(typeof(BrokenFunctions.TwoOutputs), "'Both' has an output on the method and others", "properties")]
    [InlineData(typeof(BrokenFunctions.ValueTaskOutputs), "'Valued': the output 'Text' is not found behind ValueTask", "Return Task<Result>")]
    [InlineData(typeof(BrokenFunctions.InheritedOutput), "'Heir': the output 'Text' is inherited from Outputs", "Declare it in Derived")]
    [InlineData(typeof(BrokenFunctions.HttpBody), "'Body': the parameter 'http' is of type HttpContext", "HttpRequest")]
    public void Read_BrokenFunction_NamesItAndTheFix(Type functions, string what, string fix)
    {
        var error = Assert.Throws<SelfHostException>(() => Read([functions]));

        var line = Assert.Single(error.Errors);
        Assert.Contains(what, line, StringComparison.Ordinal);
        Assert.Contains(fix, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralBroken_TellsAllAtOnce()
    {
        var error = Assert.Throws<SelfHostException>(() => Read([typeof(BrokenFunctions.TwoTriggers), typeof(BrokenFunctions.NoTrigger), typeof(BrokenFunctions.BatchIntoOne)]));

        Assert.Equal(3, error.Errors.Count);
    }

    [Fact]
    public void Read_Selection_KeepsOnlyThose() =>
        Assert.Equal(["Ping", "Tick"], Names(Read([typeof(SampleFunctions)], selection: ["ping", "Tick"]).Functions));

    [Fact]
    public void Read_UnknownSelection_ListsTheKnown()
    {
        var error = Assert.Throws<SelfHostException>(() => Read([typeof(SampleFunctions)], selection: ["Pong"]));

        Assert.Contains("there is no function 'Pong'. The app has: Branches, Bytes, Filter, Ping", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobs.Tick.Disabled", "true")]
    [InlineData("AzureWebJobs:Tick:Disabled", "1")]
    [InlineData("AzureWebJobs_Tick_Disabled", "true")]
    public void Read_DisabledBySetting_DoesNotRun(string setting, string value)
    {
        var index = Read([typeof(SampleFunctions)], settings: (setting, value));

        Assert.Equal(["Tick"], Names(index.Disabled));
        Assert.DoesNotContain("Tick", Names(index.Functions));
    }

    [Fact]
    public void Read_Transformer_ChangesWhatRuns()
    {
        var index = Read([typeof(SampleFunctions)], new RenamingTransformer());

        var trigger = index.Functions.Single(function => function.Name == "Single").Trigger;
        Assert.Equal("renamed", trigger.GetString("topic"));
    }

    private static FunctionIndex Read(Type[] types, IFunctionMetadataTransformer? transformer = null, string[]? selection = null, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(("KafkaBrokers", "localhost:9092")).Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)))
            .Build();
        return new FunctionIndexer(
            new FunctionSource(() => types),
            transformer is null ? [] : [transformer],
            new SettingResolver(configuration),
            configuration,
            new HostRunOptions { Functions = selection ?? [] }).Read();
    }

    private static IEnumerable<string> Names(IEnumerable<FunctionDescriptor> functions) => functions.Select(function => function.Name);

    private sealed class RenamingTransformer : IFunctionMetadataTransformer
    {
        public string Name => nameof(RenamingTransformer);

        public void Transform(IList<IFunctionMetadata> original)
        {
            var bindings = original.Single(function => function.Name == "Single").RawBindings!;
            bindings[0] = bindings[0].Replace("in-topic", "renamed", StringComparison.Ordinal);
        }
    }
}
