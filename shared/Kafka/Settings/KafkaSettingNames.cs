namespace KafkaFunctions.Kafka;

/// <summary>Names of the settings that say how to reach Kafka. Deployments rely on them: never renamed.</summary>
public static class KafkaSettingNames
{
    /// <summary>Bootstrap servers, <c>host:port</c> separated by commas; empty or <see cref="Embedded"/> for the embedded log.</summary>
    public const string BrokerList = "BrokerList";

    /// <summary>User name; for OAUTHBEARER the client id of a user-assigned managed identity.</summary>
    public const string Username = "KafkaUsername";

    /// <summary>Password of <see cref="Username"/>.</summary>
    public const string Password = "KafkaPassword";

    /// <summary>PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.</summary>
    public const string SecurityProtocol = "KafkaSecurityProtocol";

    /// <summary>PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER.</summary>
    public const string SaslMechanism = "KafkaSaslMechanism";

    /// <summary>PEM file with the authorities that the broker's certificate is checked against; default: the system's.</summary>
    public const string CaFile = "KafkaCaFile";

    /// <summary>Value of <see cref="BrokerList"/> that names the embedded log.</summary>
    public const string Embedded = "embedded";
}
