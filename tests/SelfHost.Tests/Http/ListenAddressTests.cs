using System.Net;
using KafkaFunctions.SelfHost.Http;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Tests.Http;

public sealed class ListenAddressTests
{
    [Fact]
    public void Read_NothingSet_IsThisMachineOn7071() => Assert.Equal(new ListenAddress(null, 7071), Read());

    [Fact]
    public void Read_KeySet_IsAllAddresses() => Assert.Equal(IPAddress.IPv6Any, Read(null, ("FunctionKey", "k")).Address);

    [Fact]
    public void Read_PortOfCommandLine_Wins()
    {
        Assert.Equal(8080, Read(null, ("Host:LocalHttpPort", "8080")).Port);
        Assert.Equal(9090, Read(9090, ("Host:LocalHttpPort", "8080")).Port);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public void Read_LoopbackWithoutKey_IsAllowed(string address) => Assert.NotNull(Read(null, ("Host:Address", address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("*")]
    [InlineData("192.168.1.5")]
    public void Read_OtherAddressWithoutKey_IsRefused(string address)
    {
        var error = Assert.Throws<SelfHostException>(() => Read(null, ("Host:Address", address)));

        Assert.Contains("Set FunctionKey", error.Message, StringComparison.Ordinal);
        Assert.NotNull(Read(null, ("Host:Address", address), ("FunctionKey", "k")));
    }

    [Theory]
    [InlineData("Host:Address", "my-machine", "Host__Address")]
    [InlineData("Host:LocalHttpPort", "70710", "Host.LocalHttpPort")]
    public void Read_Malformed_NamesTheSetting(string key, string value, string name)
    {
        var error = Assert.Throws<SelfHostException>(() => Read(null, (key, value)));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    private static ListenAddress Read(int? port = null, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return ListenAddress.Read(configuration, port, new FunctionKeys(configuration));
    }
}
