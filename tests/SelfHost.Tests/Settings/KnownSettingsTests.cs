using KafkaFunctions.SelfHost.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace KafkaFunctions.SelfHost.Tests.Settings;

public sealed class KnownSettingsTests
{
    private static readonly KnownSettings Known = KnownSettings.Of(new ServiceCollection().Configure<OrderOptions>(_ => { }));

    [Theory]
    [InlineData("BrokerLst", "BrokerList")]
    [InlineData("KafkaUserame", "KafkaUsername")]
    [InlineData("FilterConditon", "FilterCondition")]
    [InlineData("Orders__MaxCout", "Orders__MaxCount")]
    [InlineData("Orders_MaxCount", "Orders__MaxCount")]
    [InlineData("Host__Adress", "Host__Address")]
    [InlineData("StateStorge", "StateStorage")]
    public void Check_NameNearAKnownOne_TellsWhichWasMeant(string name, string meant) =>
        Assert.Equal(
            $"local.settings.json: there is no setting '{name}'; did you mean '{meant}'? It has no effect.",
            Known.Check(name, "local.settings.json"));

    [Theory]
    [InlineData("BrokerList")]
    [InlineData("brokerlist")]
    [InlineData("Orders__MaxCount")]
    [InlineData("Orders:MaxCount")]
    [InlineData("OrderList")]
    [InlineData("StorageAccount")]
    [InlineData("AzureWebJobsStorage")]
    [InlineData("FUNCTIONS_WORKER_RUNTIME")]
    [InlineData("BROKER_LIST")]
    [InlineData("Orders__Secret")]
    [InlineData("StateStorage")]
    [InlineData("StateStorage__0")]
    [InlineData("StateStorage__1__tableServiceUri")]
    [InlineData("PATH")]
    public void Check_KnownNameOrOneThatResemblesNone_IsNotMentioned(string name) => Assert.Null(Known.Check(name, "environment"));
}
