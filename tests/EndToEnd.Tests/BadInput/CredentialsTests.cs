using KafkaFunctions.EndToEnd.Tests.Harness;
using KafkaFunctions.TestSupport;

namespace KafkaFunctions.EndToEnd.Tests.BadInput;

/// <summary>Credentials that a real Kafka refuses.</summary>
public sealed class CredentialsTests(RealKafka kafka) : IDisposable
{
    private const string WrongPassword = "wrong-secret";

    private readonly AppFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--port")]
    [InlineData("topics")]
    [InlineData("groups")]
    public async Task WrongPassword_NamesTheSettings(string command)
    {
        var broker = await kafka.RequireBrokerAsync();
        var settings = new Dictionary<string, string?>
        {
            ["BrokerList"] = broker.SaslBootstrapServers,
            ["KafkaSecurityProtocol"] = "SASL_PLAINTEXT",
            ["KafkaSaslMechanism"] = "PLAIN",
            ["KafkaUsername"] = KafkaBroker.SaslUser,
            ["KafkaPassword"] = WrongPassword,
        };

        var result = await AppProcess.RunAsync(_folder, settings, command == "--port" ? [command, $"{FreePort.Find()}"] : [command]);

        result.AssertFails(1, "KafkaUsername", "KafkaPassword");
        Assert.All(result.Output.Concat(result.Error), line => Assert.DoesNotContain(WrongPassword, line, StringComparison.Ordinal));
    }
}
