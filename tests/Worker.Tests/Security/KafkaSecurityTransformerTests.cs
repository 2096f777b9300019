using KafkaFunctions.Worker.Security;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Worker.Tests.Security;

public sealed class KafkaSecurityTransformerTests
{
    private const string Trigger = """{"name":"records","type":"kafkaTrigger","direction":"In","topic":"in","brokerList":"%BrokerList%"}""";
    private const string Http = """{"name":"request","type":"httpTrigger","direction":"In"}""";

    [Fact]
    public void Transform_SaslWithPassword_AddsReferencesAndNoValues() => Assert.Equal(
        """{"name":"records","type":"kafkaTrigger","direction":"In","topic":"in","brokerList":"%BrokerList%","protocol":"SaslSsl","authenticationMode":"Plain","username":"%KafkaUsername%","password":"%KafkaPassword%"}""",
        Transform(Trigger, Secured()));

    [Fact]
    public void Transform_Output_IsSecured() => Assert.Contains(
        "\"protocol\":\"SaslSsl\"",
        Transform("""{"name":"$return","type":"kafka","direction":"Out","topic":"out"}""", Secured()),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("\"protocol\":\"Plaintext\"")]
    [InlineData("\"authenticationMode\":\"ScramSha512\"")]
    public void Transform_BindingWithSecurityOfItsOwn_IsLeftAlone(string own)
    {
        var binding = Trigger[..^1] + "," + own + "}";

        Assert.Equal(binding, Transform(binding, Secured()));
    }

    [Fact]
    public void Transform_OtherBinding_IsLeftAlone() => Assert.Equal(Http, Transform(Http, Secured()));

    [Theory]
    [InlineData(null)]
    [InlineData("embedded")]
    [InlineData("localhost:9092")]
    public void Transform_Plaintext_LeavesEverythingAlone(string? broker) =>
        Assert.Equal(Trigger, Transform(Trigger, new() { ["BrokerList"] = broker }));

    private static Dictionary<string, string?> Secured() => new()
    {
        ["BrokerList"] = "b:9093",
        ["KafkaSecurityProtocol"] = "SASL_SSL",
        ["KafkaSaslMechanism"] = "PLAIN",
        ["KafkaUsername"] = "alice",
        ["KafkaPassword"] = "alice-secret",
    };

    private static string Transform(string binding, Dictionary<string, string?> settings)
    {
        var metadata = new DefaultFunctionMetadata { Name = "F", RawBindings = [binding] };
        new KafkaSecurityTransformer(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Transform([metadata]);
        return metadata.RawBindings[0];
    }
}
