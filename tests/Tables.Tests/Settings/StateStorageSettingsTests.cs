using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace KafkaFunctions.Tables.Tests.Settings;

public sealed class StateStorageSettingsTests
{
    private const string Uri = "https://account.table.core.windows.net";
    private const string Connection = "DefaultEndpointsProtocol=https;AccountName=account;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("embedded")]
    [InlineData("Embedded ")]
    public void Read_NoAccount_IsNull(string? value) => Assert.Null(StateStorageSettings.Read(Settings(("StateStorage", value))));

    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData(Connection)]
    [InlineData("TableEndpoint=https://account.table.core.windows.net;SharedAccessSignature=sv=2019&sig=x")]
    public void Read_ConnectionString_IsOneAccount(string value) =>
        Assert.Equal(value, Assert.Single(StateStorageSettings.Read(Settings(("StateStorage", value)))!).ConnectionString);

    [Theory]
    [InlineData(null)]
    [InlineData("3f1c")]
    public void Read_ServiceUri_IsAnAccountByIdentity(string? clientId)
    {
        var account = Assert.Single(StateStorageSettings.Read(
            Settings(("StateStorage:tableServiceUri", Uri), ("StateStorage:clientId", clientId), ("StateStorage:credential", "managedidentity")))!);

        Assert.Equal((new Uri(Uri), clientId, null), (account.ServiceUri, account.ClientId, account.ConnectionString));
    }

    [Fact]
    public void Read_SeveralAccounts_AreInTheOrderOfTheirNumbers()
    {
        var settings = Enumerable.Range(0, 11).Select(i => ($"StateStorage:{i}:tableServiceUri", (string?)$"https://a{i}.table.core.windows.net")).Append(("StateStorage:11", Connection));

        var accounts = StateStorageSettings.Read(Settings([.. settings]))!;

        Assert.Equal(12, accounts.Count);
        Assert.Equal("a10.table.core.windows.net", accounts[10].ServiceUri!.Host);
        Assert.Equal(Connection, accounts[11].ConnectionString);
    }

    public static TheoryData<string, (string, string?)[]> Wrong => new()
    {
        { "StateStorage is no connection string", [("StateStorage", "AccountKey=c2VjcmV0")] },
        { "StateStorage is no connection string", [("StateStorage", "c2VjcmV0")] },
        { "StateStorage__tableServiceUri is no https address", [("StateStorage:tableServiceUri", "http://account.table.core.windows.net")] },
        { "StateStorage__tableServiceUri is no https address", [("StateStorage:tableServiceUri", "https://account.blob.core.windows.net")] },
        { "StateStorage__tableServiceUri is no https address", [("StateStorage:tableServiceUri", Uri + "?sig=c2VjcmV0")] },
        { "StateStorage__tableServiceUri is missing", [("StateStorage:clientId", "3f1c")] },
        { "StateStorage__credential is 'key'", [("StateStorage:tableServiceUri", Uri), ("StateStorage:credential", "key")] },
        { "StateStorage__serviceUrl is not known", [("StateStorage:serviceUrl", Uri)] },
        { "StateStorage has a value, and StateStorage__tableServiceUri is set, too", [("StateStorage", Connection), ("StateStorage:tableServiceUri", Uri)] },
        { "StateStorage has accounts by number and a value, too", [("StateStorage", Connection), ("StateStorage:0:tableServiceUri", Uri)] },
        { "StateStorage has accounts by number and 'clientId', too", [("StateStorage:clientId", "3f1c"), ("StateStorage:0:tableServiceUri", Uri)] },
        { "StateStorage__0 is missing", [("StateStorage:1", Connection)] },
        { "StateStorage__1 is missing", [("StateStorage:0", Connection), ("StateStorage:2:tableServiceUri", Uri)] },
        { "StateStorage__0 names no account", [("StateStorage:0", "embedded"), ("StateStorage:1", Connection)] },
        { "StateStorage__1 is the same account as StateStorage__0", [("StateStorage:0", Connection), ("StateStorage:1", Connection)] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Read_WrongSettings_NamesThemWithoutSecrets(string expected, (string, string?)[] settings)
    {
        var error = Assert.Throws<StateSettingsException>(() => StateStorageSettings.Read(Settings(settings)));

        Assert.StartsWith(expected, Assert.Single(error.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralErrors_AreToldAtOnce()
    {
        var error = Assert.Throws<StateSettingsException>(
            () => StateStorageSettings.Read(Settings(("StateStorage:0", "x"), ("StateStorage:1:tableServiceUri", "y"))));

        Assert.Equal(2, error.Errors.Count);
    }

    [Fact]
    public void ToString_Account_HasNoSecret() =>
        Assert.DoesNotContain("c2VjcmV0", TableAccount.FromConnectionString(Connection).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Options_Defaults_AreAsDocumented()
    {
        var options = new TableStateOptions();

        Assert.Equal(
            ("kf", TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(35), 128),
            (options.TablePrefix, options.Patience, options.RequestTimeout, options.MaxConcurrentRequests));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1kf")]
    [InlineData("Kf")]
    [InlineData("k-f")]
    [InlineData("kf\n")]
    [InlineData("abcdefghijklmnopq")]
    public void TablePrefix_AgainstTheRule_NamesTheSetting(string prefix)
    {
        var error = Assert.Throws<StateSettingsException>(() => new AzureTableStateStorage(
            [TableAccount.FromConnectionString(Connection)], new TableStateOptions { TablePrefix = prefix }, NullLogger<AzureTableStateStorage>.Instance));

        Assert.StartsWith("TableState__TablePrefix", error.Message, StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value)).Build();
}
