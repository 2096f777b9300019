using System.Text;
using Azure.Core;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.Kafka;

/// <summary>How to reach a Kafka cluster. The text form never has the password.</summary>
/// <param name="BootstrapServers">Brokers to ask first, <c>host:port</c> separated by commas.</param>
public sealed record KafkaConnection(string BootstrapServers)
{
    // Azure's load balancers drop connections that were idle for four minutes without a word.
    private const int IdleBeforeAzureDropsMs = 180_000;

    /// <summary>Encryption and authentication. Default <see cref="SecurityProtocol.Plaintext"/>.</summary>
    public SecurityProtocol SecurityProtocol { get; init; } = SecurityProtocol.Plaintext;

    /// <summary>SASL mechanism; null (default) for none.</summary>
    public SaslMechanism? SaslMechanism { get; init; }

    /// <summary>User name; for <see cref="SaslMechanism.OAuthBearer"/> the client id of a user-assigned managed identity, null
    /// for the system-assigned one or a developer's own sign-in.</summary>
    public string? Username { get; init; }

    /// <summary>Password of <see cref="Username"/>.</summary>
    public string? Password { get; init; }

    /// <summary>PEM file of certificate authorities; null (default) for the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Where OAUTHBEARER tokens come from; null (default) for Azure's default credential.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>Whether neither encryption nor authentication is asked for.</summary>
    public bool IsPlaintext => SecurityProtocol == SecurityProtocol.Plaintext;

    /// <summary>Name of the protocol as the Functions bindings spell it.</summary>
    public string ProtocolName => SecurityProtocol.ToString();

    /// <summary>Name of the SASL mechanism as the Functions bindings spell it; null for none.</summary>
    public string? MechanismName => SaslMechanism?.ToString();

    /// <summary>Whether the settings name the embedded log and not a Kafka cluster.</summary>
    public static bool IsEmbedded(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var brokers = configuration[KafkaSettingNames.BrokerList]?.Trim();
        return string.IsNullOrEmpty(brokers) || brokers.Equals(KafkaSettingNames.Embedded, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads the connection from the settings of <see cref="KafkaSettingNames"/>.</summary>
    /// <returns>Null where they name the embedded log.</returns>
    /// <exception cref="KafkaSettingsException">Settings are wrong; holds every error.</exception>
    public static KafkaConnection? FromConfiguration(IConfiguration configuration) =>
        IsEmbedded(configuration) ? null : new KafkaSettingsReader(configuration).Read();

    /// <summary>Sets what this connection says on a client's configuration.</summary>
    public void ApplyTo(ClientConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.BootstrapServers = BootstrapServers;
        config.SecurityProtocol = SecurityProtocol;
        if (SaslMechanism is { } mechanism)
        {
            config.SaslMechanism = mechanism;
            if (mechanism != Confluent.Kafka.SaslMechanism.OAuthBearer)
            {
                config.SaslUsername = Username;
                config.SaslPassword = Password;
            }
        }

        if (CaFile is not null)
        {
            config.SslCaLocation = CaFile;
        }

        config.ClientId = "kafkafunctions";
        config.SocketKeepaliveEnable = true;
        config.ConnectionsMaxIdleMs = IdleBeforeAzureDropsMs;
    }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(BootstrapServers).Append(", ").Append(SecurityProtocol);
        if (SaslMechanism is { } mechanism)
        {
            builder.Append(", ").Append(mechanism).Append(", ").Append(Username);
        }

        return true;
    }
}
