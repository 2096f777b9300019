using KafkaFunctions.EndToEnd.Tests.Harness;

namespace KafkaFunctions.EndToEnd.Tests.BadInput;

/// <summary>Settings with wrong values or wrong names.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly AppFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("KafkaSecurityProtocol", "tls", "PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL")]
    [InlineData("KafkaSaslMechanism", "kerberos", "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER")]
    [InlineData("BrokerList", "http://kafka:9092", "host1:9092")]
    [InlineData("Kafka__OutputDelivery", "nonsense", "Acknowledged or Binding")]
    [InlineData("Kafka__PublishRetries", "-1", "0 to 1000")]
    [InlineData("Kafka__PublishRetries", "often", "0 to 1000")]
    [InlineData("Kafka__Application", "a b", "letters, digits")]
    [InlineData("Kafka__CreateTopics", "Some", "None, DeadLetters or All")]
    [InlineData("Kafka__Partitions", "0", "1 to 10000")]
    [InlineData("Processing__MaxAttempts", "0", "1 to 1000")]
    [InlineData("Ingest__MaxRecords", "many", "1 to 2147483647")]
    [InlineData("Ingest__AcknowledgeTimeout", "soon", "00:00:01")]
    [InlineData("Demo__Enabled", "maybe", "true or false")]
    [InlineData("Host__Address", "here", "localhost")]
    [InlineData("Host__Address", "0.0.0.0", "FunctionKey")]
    public async Task WrongValue_IsNamedWithWhatIsAllowed(string setting, string value, string allowed)
    {
        var settings = new Dictionary<string, string?> { [setting] = value };
        if (setting.StartsWith("KafkaS", StringComparison.Ordinal))
        {
            settings["BrokerList"] = "127.0.0.1:9";
        }

        var result = await AppProcess.RunAsync(_folder, settings, ["--port", $"{FreePort.Find()}"]);

        result.AssertFails(1, setting, $"'{value}'", allowed);
    }

    [Fact]
    public async Task WrongValue_ACommandIsToldToo()
    {
        var result = await AppProcess.RunAsync(_folder, new Dictionary<string, string?> { ["BrokerList"] = "kafka:port" }, ["topics"]);

        result.AssertFails(1, "BrokerList", "kafka:port", "host1:9092");
    }

    [Fact]
    public async Task SettingsOfTheHost_DoNotKeepACommandFromRunning()
    {
        var result = await AppProcess.RunAsync(_folder, new Dictionary<string, string?> { ["Host__Address"] = "0.0.0.0" }, ["topics"]);

        result.AssertDone();
    }

    [Fact]
    public async Task MisspeltNames_AreToldWithTheNearestOnes()
    {
        _folder.Write("local.settings.json", """
            {
              "IsEncrypted": false,
              "Values": { "BrokerLst": "kafka:9092", "FilterConditon": "x", "AzureWebJobsStorage": "", "OrderDatabase": "x", "KafkaTopicOfMine": "x" }
            }
            """);
        var settings = new Dictionary<string, string?> { ["Kafka__OutputDelivry"] = "Binding", ["Ingest__MaxRecord"] = "1", ["Kafka__MyOwn"] = "1" };
        await using var app = AppProcess.StartHost(_folder, settings);

        await app.WaitUntilReadyAsync();

        Assert.Single(app.FindLines("local.settings.json", "'BrokerLst'", "'BrokerList'"));
        Assert.Single(app.FindLines("local.settings.json", "'FilterConditon'", "'FilterCondition'"));
        Assert.Single(app.FindLines("environment", "'Kafka__OutputDelivry'", "'Kafka__OutputDelivery'"));
        Assert.Single(app.FindLines("environment", "'Ingest__MaxRecord'", "'Ingest__MaxRecords'"));
        Assert.Equal(4, app.FindLines("did you mean").Count());
    }

    [Fact]
    public async Task MisspeltName_ACommandIsToldToo()
    {
        _folder.Write("local.settings.json", """{ "IsEncrypted": false, "Values": { "BrokerLst": "kafka:9092" } }""");

        var result = await AppProcess.RunAsync(_folder, new Dictionary<string, string?>(), ["topics"]);

        Assert.Contains(result.AssertDone().Error, line => line.Contains("'BrokerList'", StringComparison.Ordinal));
    }
}
