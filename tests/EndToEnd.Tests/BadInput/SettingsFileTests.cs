using KafkaFunctions.EndToEnd.Tests.Harness;

namespace KafkaFunctions.EndToEnd.Tests.BadInput;

/// <summary>host.json and local.settings.json with mistakes.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly AppFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("host.json", "{\n  \"version\": \"2.0\",\n  \"extensions\" { }\n}", "host.json(3,16)")]
    [InlineData("host.json", "[]", "JSON object")]
    [InlineData("host.json", "{ \"extensions\": { \"kafka\": { \"maxBatchSize\": 0 } } }", "extensions.kafka.maxBatchSize is '0'; it must be a whole number, at least 1")]
    [InlineData("host.json", "{ \"extensions\": { \"kafka\": { \"autoOffsetReset\": \"Middle\" } } }", "Earliest or Latest")]
    [InlineData("local.settings.json", "{ \"IsEncrypted\": true, \"Values\": { } }", "\"IsEncrypted\": false")]
    [InlineData("local.settings.json", "{ \"IsEncrypted\": false,\n \"Values\": { \"a\" } }", "local.settings.json(2,18)")]
    [InlineData("local.settings.json", "{ \"IsEncrypted\": false, \"Values\": { \"Kafka\": { \"Application\": \"x\" } } }", "Values.Kafka")]
    public async Task Mistake_IsToldWithItsPlace(string file, string text, string told)
    {
        _folder.Write(file, text);

        var result = await AppProcess.RunAsync(_folder, new Dictionary<string, string?>(), ["--port", $"{FreePort.Find()}"]);

        result.AssertFails(1, file, told);
    }

    [Fact]
    public async Task UnknownOption_IsToldWithTheNearestOne()
    {
        _folder.Write("host.json", """{ "version": "2.0", "extensions": { "kafka": { "maxBatchSiz": 10 } } }""");
        await using var app = AppProcess.StartHost(_folder, new Dictionary<string, string?>());

        await app.WaitUntilReadyAsync();

        Assert.Single(app.FindLines("host.json", "'maxBatchSiz'", "'maxBatchSize'"));
    }
}
