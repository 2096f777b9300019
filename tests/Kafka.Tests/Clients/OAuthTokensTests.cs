namespace KafkaFunctions.Kafka.Tests.Clients;

public sealed class OAuthTokensTests
{
    [Theory]
    [InlineData("ns.servicebus.windows.net:9093", "https://ns.servicebus.windows.net/.default")]
    [InlineData("ns.servicebus.windows.net", "https://ns.servicebus.windows.net/.default")]
    [InlineData("a.servicebus.windows.net:9093, b.servicebus.windows.net:9093", "https://a.servicebus.windows.net/.default")]
    public void ScopeOf_Brokers_IsTheNamespace(string brokers, string scope) => Assert.Equal(scope, OAuthTokens.ScopeOf(brokers));
}
