namespace Microsoft.Azure.Functions.Worker;

/// <summary>Security protocol of a connection to Kafka.</summary>
public enum BrokerProtocol
{
    /// <summary>None chosen.</summary>
    NotSet = -1,

    /// <summary>PLAINTEXT.</summary>
    Plaintext = 0,

    /// <summary>SSL.</summary>
    Ssl = 1,

    /// <summary>SASL_PLAINTEXT.</summary>
    SaslPlaintext = 2,

    /// <summary>SASL_SSL.</summary>
    SaslSsl = 3,
}
