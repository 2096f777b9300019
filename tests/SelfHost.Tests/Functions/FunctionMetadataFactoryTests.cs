using KafkaFunctions.SelfHost.Functions;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace KafkaFunctions.SelfHost.Tests.Functions;

/// <summary>The metadata is what the real worker SDK writes for the same functions.</summary>
public sealed class FunctionMetadataFactoryTests
{
    [Theory]
    [InlineData(
        "Filter",
        """{"name":"evts","direction":"In","type":"kafkaTrigger","brokerList":"%KafkaBrokers%","topic":"in-topic","consumerGroup":"acked","keyDataType":"Binary","cardinality":"Many","properties":{"supportsDeferredBinding":"True"}}""",
        """{"name":"$return","direction":"Out","type":"kafka","brokerList":"%KafkaBrokers%","topic":"out-topic","properties":{}}""")]
    [InlineData(
        "Strings",
        """{"name":"evts","direction":"In","type":"kafkaTrigger","brokerList":"%KafkaBrokers%","topic":"in-topic","consumerGroup":"acked","cardinality":"Many","dataType":"String","properties":{}}""")]
    [InlineData(
        "Single",
        """{"name":"record","direction":"In","type":"kafkaTrigger","brokerList":"BrokerList","topic":"in-topic","cardinality":"One","properties":{"supportsDeferredBinding":"True"}}""")]
    [InlineData(
        "Branches",
        """{"name":"evts","direction":"In","type":"kafkaTrigger","brokerList":"BrokerList","topic":"in-topic","cardinality":"Many","properties":{"supportsDeferredBinding":"True"}}""",
        """{"name":"Left","direction":"Out","type":"kafka","brokerList":"BrokerList","topic":"left","lingerMs":2,"properties":{}}""",
        """{"name":"Right","direction":"Out","type":"kafka","brokerList":"BrokerList","topic":"right","properties":{}}""")]
    [InlineData(
        "Ping",
        """{"name":"req","direction":"In","type":"httpTrigger","authLevel":"Anonymous","methods":["get","post"],"route":"ping","properties":{}}""",
        """{"name":"$return","type":"http","direction":"Out"}""")]
    [InlineData(
        "Post",
        """{"name":"req","direction":"In","type":"httpTrigger","methods":["post"],"properties":{}}""",
        """{"name":"Response","type":"http","direction":"Out"}""",
        """{"name":"Text","direction":"Out","type":"kafka","brokerList":"BrokerList","topic":"posted","properties":{}}""")]
    [InlineData(
        "Tick",
        """{"name":"t","direction":"In","type":"timerTrigger","schedule":"*/5 * * * * *","properties":{}}""")]
    [InlineData(
        "Bytes",
        """{"name":"value","direction":"In","type":"kafkaTrigger","brokerList":"BrokerList","topic":"in-topic","protocol":"SaslSsl","lagThreshold":50,"cardinality":"One","dataType":"Binary","properties":{}}""")]
    [InlineData(
        "Produce",
        """{"name":"req","direction":"In","type":"httpTrigger","authLevel":"Function","methods":["post"],"properties":{}}""",
        """{"name":"$return","direction":"Out","type":"kafka","brokerList":"BrokerList","topic":"produced","keyDataType":"Binary","enableIdempotence":true,"properties":{}}""")]
    [InlineData(
        "Tock",
        """{"name":"t","direction":"In","type":"timerTrigger","schedule":"0 */5 * * * *","useMonitor":false,"runOnStartup":true,"properties":{}}""",
        """{"name":"$return","direction":"Out","type":"kafka","brokerList":"BrokerList","topic":"ticks","properties":{}}""")]
    public void Create_Function_WritesTheBindingsOfTheSdk(string function, params string[] bindings) =>
        Assert.Equal(bindings, Create(function).RawBindings);

    [Fact]
    public void Create_Function_DescribesIt()
    {
        var metadata = Create("Ping");

        Assert.Equal(("Ping", "dotnet-isolated"), (metadata.Name, metadata.Language));
        Assert.Equal("KafkaFunctions.SelfHost.Tests.Functions.SampleFunctions.Ping", metadata.EntryPoint);
        Assert.Equal("KafkaFunctions.SelfHost.Tests.dll", metadata.ScriptFile);
        Assert.Equal(Create("Ping").FunctionId, metadata.FunctionId);
        Assert.NotEqual(Create("Tick").FunctionId, metadata.FunctionId);
    }

    [Fact]
    public void Create_RetryAttribute_BecomesRetryOptions()
    {
        var retry = Create("Single").Retry!;

        Assert.Equal((3, TimeSpan.FromSeconds(2), RetryStrategy.FixedDelay), (retry.MaxRetryCount, retry.DelayInterval, retry.Strategy));
        Assert.Null(Create("Ping").Retry);
    }

    private static DefaultFunctionMetadata Create(string function) =>
        FunctionMetadataFactory.Create(function, typeof(SampleFunctions).GetMethod(function)!);
}
