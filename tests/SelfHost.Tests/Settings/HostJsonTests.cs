using KafkaFunctions.SelfHost.Settings;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Tests.Settings;

public sealed class HostJsonTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NoFile_HasTheDefaults()
    {
        var host = HostJson.Read(null, Settings());

        Assert.Equal("api", host.RoutePrefix);
        Assert.Equal(new KafkaHostOptions(), host.Kafka);
        Assert.Empty(host.Warnings);
    }

    [Fact]
    public void Read_KafkaOptions_InAnyCase()
    {
        var host = Read("""{ "extensions": { "kafka": { "MaxBatchSize": 4000, "autooffsetreset": "latest", "fetchMaxBytes": 1000 }, "http": { "routePrefix": "" } } }""");

        Assert.Equal((4000, OffsetReset.Latest, 1000), (host.Kafka.MaxBatchSize, host.Kafka.AutoOffsetReset, host.Kafka.FetchMaxBytes));
        Assert.Equal("", host.RoutePrefix);
    }

    [Fact]
    public void Read_EnvironmentOverride_Wins()
    {
        var host = Read(
            """{ "extensions": { "kafka": { "maxBatchSize": 10 } } }""",
            ("AzureFunctionsJobHost:extensions:kafka:maxBatchSize", "20"));

        Assert.Equal(20, host.Kafka.MaxBatchSize);
    }

    [Fact]
    public void Read_MalformedJson_NamesLineAndColumn()
    {
        var error = Assert.Throws<SelfHostException>(() => Read("{\n  \"version\": \"2.0\",\n  \"extensions\": oops\n}"));

        Assert.Contains("host.json(3,17): not valid JSON", error.Message, StringComparison.Ordinal);
        Assert.Single(error.Errors);
    }

    [Fact]
    public void Read_ValuesOutOfRange_NamesAllOfThem()
    {
        var error = Assert.Throws<SelfHostException>(() =>
            Read("""{ "extensions": { "kafka": { "maxBatchSize": 0, "maxRetries": -2, "autoOffsetReset": "first", "commitOnFailure": "no" } } }"""));

        Assert.Equal(4, error.Errors.Count);
        Assert.Contains(error.Errors, line => line.Contains("extensions.kafka.maxBatchSize is '0'; it must be a whole number, at least 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_UnknownOption_SuggestsTheNearest()
    {
        var host = Read("""{ "extensions": { "kafka": { "maxBatchSise": 5 } } }""");

        var warning = Assert.Single(host.Warnings);
        Assert.Contains("did you mean 'maxBatchSize'?", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "commitOnFailure": true }""", 1)]
    [InlineData("""{ "maxRetries": 5 }""", 1)]
    [InlineData("""{ "commitOnFailure": true, "maxRetries": 0 }""", 1)]
    [InlineData("""{ "commitOnFailure": false, "maxRetries": -1 }""", 0)]
    [InlineData("""{ }""", 0)]
    public void Read_OptionsThatSkipRecords_WarnOnce(string options, int warnings)
    {
        var host = Read($$"""{ "extensions": { "kafka": {{options}} } }""");

        Assert.Equal(warnings, host.Warnings.Count);
    }

    private HostJson Read(string text, params (string Key, string Value)[] settings) => HostJson.Read(_folder.Write("host.json", text), Settings(settings));

    private static IConfigurationRoot Settings(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
