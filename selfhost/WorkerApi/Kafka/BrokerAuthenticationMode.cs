namespace Microsoft.Azure.Functions.Worker;

/// <summary>SASL mechanism of a connection to Kafka.</summary>
public enum BrokerAuthenticationMode
{
    /// <summary>None chosen.</summary>
    NotSet = -1,

    /// <summary>GSSAPI (Kerberos).</summary>
    Gssapi = 0,

    /// <summary>PLAIN.</summary>
    Plain = 1,

    /// <summary>SCRAM-SHA-256.</summary>
    ScramSha256 = 2,

    /// <summary>SCRAM-SHA-512.</summary>
    ScramSha512 = 3,

    /// <summary>OAUTHBEARER.</summary>
    OAuthBearer = 4,
}
