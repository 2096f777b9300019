using KafkaFunctions.Kafka;
using KafkaFunctions.SelfHost.Settings;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Tests.Settings;

public sealed class SettingResolverTests
{
    private static readonly SettingResolver Resolver = new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Topic"] = "clicks",
        ["clicks"] = "renamed",
        ["Empty"] = "",
    }).Build());

    [Fact]
    public void Substitute_NamesBetweenPercents_AreReplaced() => Assert.Equal("a-clicks-b", Resolver.Substitute("a-%Topic%-b"));

    [Theory]
    [InlineData("%Missing%", "Missing")]
    [InlineData("%Empty%", "Empty")]
    [InlineData("100%", "partner")]
    public void Substitute_Unresolvable_SaysWhat(string text, string expected)
    {
        var error = Assert.Throws<SelfHostException>(() => Resolver.Substitute(text));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_TextThatNamesASetting_IsReplacedByIt() => Assert.Equal("renamed", Resolver.Resolve("%Topic%"));

    [Fact]
    public void Resolve_Unresolvable_IsAnError() => Assert.Throws<KafkaSettingsException>(() => Resolver.Resolve("%Missing%"));
}
