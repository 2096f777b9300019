using KafkaFunctions.App.Ingest;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KafkaFunctions.App.Tests.Ingest;

public sealed class IngestServicesTests
{
    [Fact]
    public void AddIngest_NoSettings_HasTheDefaults()
    {
        var options = Options();

        Assert.Equal("web-logs,input-topic", options.Topics);
        Assert.Equal(4_194_304, options.MaxBodyBytes);
        Assert.Equal(10_000, options.MaxRecords);
        Assert.Equal(TimeSpan.FromSeconds(30), options.AcknowledgeTimeout);
    }

    [Fact]
    public void AddIngest_Settings_AreTaken()
    {
        var options = Options(("Topics", "a,b"), ("MaxBodyBytes", "1"), ("MaxRecords", "2"), ("AcknowledgeTimeout", "00:00:03"));

        Assert.Equal(("a,b", 1, 2, 3.0), (options.Topics, options.MaxBodyBytes, options.MaxRecords, options.AcknowledgeTimeout.TotalSeconds));
    }

    [Theory]
    [InlineData("MaxBodyBytes", "0")]
    [InlineData("MaxBodyBytes", "2000000000")]
    [InlineData("MaxRecords", "0")]
    [InlineData("AcknowledgeTimeout", "00:00:00")]
    [InlineData("AcknowledgeTimeout", "30")]
    [InlineData("MaxRecords", "many")]
    public void AddIngest_UnusableSetting_IsNamed(string setting, string value) =>
        Assert.Contains(
            $"Ingest__{setting} is '{value}'",
            Assert.Single(Assert.Throws<OptionsValidationException>(() => Options((setting, value))).Failures),
            StringComparison.Ordinal);

    private static IngestOptions Options(params (string Name, string Value)[] settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Ingest:{setting.Name}", (string?)setting.Value)))
            .Build())
        .AddIngest()
        .BuildServiceProvider()
        .GetRequiredService<IOptions<IngestOptions>>().Value;
}
