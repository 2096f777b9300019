using KafkaFunctions.SelfHost.Settings;

namespace KafkaFunctions.SelfHost.Tests.Settings;

public sealed class LocalSettingsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_ValuesAndConnectionStrings_BecomeConfiguration()
    {
        var settings = Read("""
            {
              // as func writes it
              "IsEncrypted": false,
              "Values": { "BrokerList": "localhost:9092", "Kafka__OutputDelivery": "Binding", "Count": 3, "On": true },
              "ConnectionStrings": { "Plain": "a", "Sql": { "ConnectionString": "b", "ProviderName": "c" } },
              "Host": { "LocalHttpPort": 7072, "CORS": "*", "CORSCredentials": false },
            }
            """);

        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["BrokerList"] = "localhost:9092",
                ["Kafka:OutputDelivery"] = "Binding",
                ["Count"] = "3",
                ["On"] = "True",
                ["ConnectionStrings:Plain"] = "a",
                ["ConnectionStrings:Sql"] = "b",
                ["Host:LocalHttpPort"] = "7072",
                ["Host:CORS"] = "*",
                ["Host:CORSCredentials"] = "False",
            },
            settings.Configuration);
    }

    [Fact]
    public void Read_ValueSetInEnvironment_IsSkipped()
    {
        var settings = Read("""{ "IsEncrypted": false, "Values": { "A": "file", "B": "file" } }""", name => name == "A");

        Assert.Equal(["A"], settings.Skipped);
        Assert.Equal(["B"], settings.Configuration.Keys);
    }

    [Fact]
    public void Read_EmptyValue_IsNotSet()
    {
        var settings = Read("""{ "IsEncrypted": false, "Values": { "BrokerList": "" } }""");

        Assert.Empty(settings.Configuration);
    }

    [Theory]
    [InlineData("""{ "IsEncrypted": true, "Values": {} }""")]
    [InlineData("""{ "Values": {} }""")]
    public void Read_Encrypted_SaysHowToMendIt(string text)
    {
        var error = Assert.Throws<SelfHostException>(() => Read(text));

        Assert.Contains("\"IsEncrypted\": false", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedValue_NamesIt()
    {
        var error = Assert.Throws<SelfHostException>(() => Read("""{ "IsEncrypted": false, "Values": { "Kafka": { "X": "1" } } }"""));

        Assert.Contains("Values.Kafka must be a text", error.Message, StringComparison.Ordinal);
    }

    private LocalSettings Read(string text, Func<string, bool>? isSet = null) =>
        LocalSettings.Read(_folder.Write("local.settings.json", text), isSet ?? (_ => false));
}
