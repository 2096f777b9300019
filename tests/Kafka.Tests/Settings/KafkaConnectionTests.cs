using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Kafka.Tests.Settings;

public sealed class KafkaConnectionTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("embedded")]
    [InlineData(" Embedded ")]
    public void FromConfiguration_NoBrokers_IsNull(string? brokers)
    {
        var configuration = Settings(("BrokerList", brokers));

        Assert.True(KafkaConnection.IsEmbedded(configuration));
        Assert.Null(KafkaConnection.FromConfiguration(configuration));
    }

    [Theory]
    [InlineData("localhost:9092")]
    [InlineData("localhost")]
    [InlineData("a.example:9092, b.example:9093")]
    [InlineData("[::1]:9092")]
    public void FromConfiguration_BrokersAlone_IsPlaintext(string brokers)
    {
        var connection = Read(("BrokerList", brokers));

        Assert.Equal(new KafkaConnection(brokers), connection);
        Assert.Equal((SecurityProtocol.Plaintext, null), (connection.SecurityProtocol, connection.SaslMechanism));
    }

    [Fact]
    public void FromConfiguration_UserAndPasswordAlone_IsPlainOverTls()
    {
        var connection = Read(("BrokerList", "ns.servicebus.windows.net:9093"), ("KafkaUsername", "$ConnectionString"), ("KafkaPassword", "Endpoint=sb://x "));

        Assert.Equal((SecurityProtocol.SaslSsl, SaslMechanism.Plain), (connection.SecurityProtocol, connection.SaslMechanism));
        Assert.Equal(("$ConnectionString", "Endpoint=sb://x "), (connection.Username, connection.Password));
    }

    [Fact]
    public void FromConfiguration_SaslProtocolWithoutMechanism_IsPlain() =>
        Assert.Equal(SaslMechanism.Plain, Read(("BrokerList", "b"), ("KafkaSecurityProtocol", "SASL_PLAINTEXT"), ("KafkaUsername", "u"), ("KafkaPassword", "p")).SaslMechanism);

    [Fact]
    public void FromConfiguration_CaFileAlone_IsTls()
    {
        var file = Path.GetTempFileName();

        Assert.Equal(SecurityProtocol.Ssl, Read(("BrokerList", "b"), ("KafkaCaFile", file)).SecurityProtocol);

        File.Delete(file);
    }

    [Theory]
    [InlineData("OAUTHBEARER", null)]
    [InlineData("OAuthBearer", "client-id-of-an-identity")]
    public void FromConfiguration_OAuth_NeedsNoPassword(string mechanism, string? username)
    {
        var connection = Read(("BrokerList", "b"), ("KafkaSaslMechanism", mechanism), ("KafkaUsername", username));

        Assert.Equal((SecurityProtocol.SaslSsl, SaslMechanism.OAuthBearer), (connection.SecurityProtocol, connection.SaslMechanism));
        Assert.Equal(username, connection.Username);
    }

    [Theory]
    [InlineData("PLAINTEXT", SecurityProtocol.Plaintext)]
    [InlineData("plaintext", SecurityProtocol.Plaintext)]
    [InlineData("SSL", SecurityProtocol.Ssl)]
    [InlineData("Ssl", SecurityProtocol.Ssl)]
    public void FromConfiguration_ProtocolSpellings_AreTheSame(string text, SecurityProtocol protocol) =>
        Assert.Equal(protocol, Read(("BrokerList", "b"), ("KafkaSecurityProtocol", text)).SecurityProtocol);

    [Theory]
    [InlineData("SASL_SSL")]
    [InlineData("SaslSsl")]
    [InlineData("sasl-ssl")]
    public void FromConfiguration_SaslProtocolSpellings_AreTheSame(string text) => Assert.Equal(
        SecurityProtocol.SaslSsl,
        Read(("BrokerList", "b"), ("KafkaSecurityProtocol", text), ("KafkaUsername", "u"), ("KafkaPassword", "p")).SecurityProtocol);

    [Theory]
    [InlineData("PLAIN", SaslMechanism.Plain)]
    [InlineData("SCRAM-SHA-256", SaslMechanism.ScramSha256)]
    [InlineData("ScramSha256", SaslMechanism.ScramSha256)]
    [InlineData("scram_sha_512", SaslMechanism.ScramSha512)]
    public void FromConfiguration_MechanismSpellings_AreTheSame(string text, SaslMechanism mechanism) => Assert.Equal(
        mechanism,
        Read(("BrokerList", "b"), ("KafkaSaslMechanism", text), ("KafkaUsername", "u"), ("KafkaPassword", "p")).SaslMechanism);

    [Theory]
    [InlineData("KafkaSecurityProtocol", "TLS", "PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL")]
    [InlineData("KafkaSaslMechanism", "GSSAPI", "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER")]
    [InlineData("KafkaCaFile", "/no/such/file.pem", "PEM file")]
    public void FromConfiguration_WrongValue_NamesSettingValueAndWhatIsAllowed(string setting, string value, string allowed)
    {
        var error = Assert.Single(Errors(("BrokerList", "b:9092"), (setting, value)));

        Assert.Contains(setting, error, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", error, StringComparison.Ordinal);
        Assert.Contains(allowed, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b:9092")]
    [InlineData("a:9092,,b:9092")]
    [InlineData("a:")]
    [InlineData("a:0")]
    [InlineData("a:99999")]
    [InlineData("http://a:9092")]
    [InlineData("a:9092/path")]
    [InlineData("Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKey=x")]
    public void FromConfiguration_MalformedBrokers_NamesTheSetting(string brokers) =>
        Assert.Contains("BrokerList", Assert.Single(Errors(("BrokerList", brokers))), StringComparison.Ordinal);

    [Theory]
    [InlineData("PLAINTEXT")]
    [InlineData("SSL")]
    public void FromConfiguration_CredentialsThatWouldNotBeSent_IsAnError(string protocol) => Assert.Contains(
        "sends no credentials",
        Assert.Single(Errors(("BrokerList", "b"), ("KafkaSecurityProtocol", protocol), ("KafkaUsername", "u"), ("KafkaPassword", "p"))),
        StringComparison.Ordinal);

    [Fact]
    public void FromConfiguration_SaslWithoutCredentials_IsAnError()
    {
        Assert.Single(Errors(("BrokerList", "b"), ("KafkaSecurityProtocol", "SASL_SSL")));
        Assert.Equal(2, Errors(("BrokerList", "b"), ("KafkaSaslMechanism", "PLAIN")).Count);
        Assert.Contains("KafkaPassword", Assert.Single(Errors(("BrokerList", "b"), ("KafkaUsername", "u"))), StringComparison.Ordinal);
    }

    [Fact]
    public void FromConfiguration_OAuthWithPassword_IsAnError() => Assert.Contains(
        "KafkaPassword",
        Assert.Single(Errors(("BrokerList", "b"), ("KafkaSaslMechanism", "OAUTHBEARER"), ("KafkaPassword", "p"))),
        StringComparison.Ordinal);

    [Fact]
    public void FromConfiguration_SeveralErrors_AreToldAtOnceWithoutThePassword()
    {
        var exception = Assert.Throws<KafkaSettingsException>(() => Read(
            ("BrokerList", "a b"), ("KafkaSecurityProtocol", "x"), ("KafkaSaslMechanism", "y"), ("KafkaCaFile", "/no"), ("KafkaPassword", "top-secret")));

        Assert.Equal(4, exception.Errors.Count);
        Assert.All(exception.Errors, error => Assert.Contains(error, exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("top-secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_WithPassword_DoesNotShowIt() => Assert.DoesNotContain(
        "top-secret", new KafkaConnection("b") { Username = "u", Password = "top-secret", SaslMechanism = SaslMechanism.Plain }.ToString(), StringComparison.Ordinal);

    [Fact]
    public void ApplyTo_OAuth_SendsNoUserName()
    {
        var config = new ClientConfig();

        new KafkaConnection("b") { SecurityProtocol = SecurityProtocol.SaslSsl, SaslMechanism = SaslMechanism.OAuthBearer, Username = "client-id" }.ApplyTo(config);

        Assert.Equal((SaslMechanism.OAuthBearer, null), (config.SaslMechanism, config.SaslUsername));
    }

    private static KafkaConnection Read(params (string Name, string? Value)[] settings) =>
        KafkaConnection.FromConfiguration(Settings(settings))!;

    private static IReadOnlyList<string> Errors(params (string Name, string? Value)[] settings) =>
        Assert.Throws<KafkaSettingsException>(() => Read(settings)).Errors;

    private static IConfiguration Settings(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => s.Value)).Build();
}
