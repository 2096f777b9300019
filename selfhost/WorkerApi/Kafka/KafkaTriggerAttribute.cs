using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function with records of a topic.</summary>
/// <param name="brokerList">The brokers, or a setting that holds them (<c>%name%</c> or its plain name).</param>
/// <param name="topic">The topic, or a setting that holds it.</param>
public sealed class KafkaTriggerAttribute(string brokerList, string topic) : TriggerBindingAttribute, ISupportCardinality
{
    /// <summary>The topic.</summary>
    public string Topic { get; private set; } = topic;

    /// <summary>The brokers.</summary>
    public string BrokerList { get; private set; } = brokerList;

    /// <summary>The consumer group.</summary>
    public string? ConsumerGroup { get; set; }

    /// <summary>Avro schema of the values.</summary>
    public string? AvroSchema { get; set; }

    /// <summary>Avro schema of the keys.</summary>
    public string? KeyAvroSchema { get; set; }

    /// <summary>What keys are read as. Default: <see cref="KafkaMessageKeyType.String"/>.</summary>
    public KafkaMessageKeyType KeyDataType { get; set; } = KafkaMessageKeyType.String;

    /// <summary>SASL mechanism. Default: not set.</summary>
    public BrokerAuthenticationMode AuthenticationMode { get; set; } = BrokerAuthenticationMode.NotSet;

    /// <summary>SASL user name.</summary>
    public string? Username { get; set; }

    /// <summary>SASL password.</summary>
    public string? Password { get; set; }

    /// <summary>Security protocol. Default: not set.</summary>
    public BrokerProtocol Protocol { get; set; } = BrokerProtocol.NotSet;

    /// <summary>File of the client's private key (PEM).</summary>
    public string? SslKeyLocation { get; set; }

    /// <summary>File of the CA certificates that the broker's certificate is checked with.</summary>
    public string? SslCaLocation { get; set; }

    /// <summary>File of the client's certificate.</summary>
    public string? SslCertificateLocation { get; set; }

    /// <summary>Password of the client's private key.</summary>
    public string? SslKeyPassword { get; set; }

    /// <summary>The client's certificate, PEM text.</summary>
    public string? SslCertificatePEM { get; set; }

    /// <summary>The client's private key, PEM text.</summary>
    public string? SslKeyPEM { get; set; }

    /// <summary>The CA certificate, PEM text.</summary>
    public string? SslCaPEM { get; set; }

    /// <summary>The client's certificate and private key, PEM text.</summary>
    public string? SslCertificateandKeyPEM { get; set; }

    /// <summary>Records of lag per instance that scaling aims at. Default: 1000.</summary>
    public long LagThreshold { get; set; } = 1000;

    /// <summary>Address of the schema registry.</summary>
    public string? SchemaRegistryUrl { get; set; }

    /// <summary>User name at the schema registry.</summary>
    public string? SchemaRegistryUsername { get; set; }

    /// <summary>Password at the schema registry.</summary>
    public string? SchemaRegistryPassword { get; set; }

    /// <summary>How an OAuth token is obtained.</summary>
    public OAuthBearerMethod OAuthBearerMethod { get; set; }

    /// <summary>OAuth client id.</summary>
    public string? OAuthBearerClientId { get; set; }

    /// <summary>OAuth client secret.</summary>
    public string? OAuthBearerClientSecret { get; set; }

    /// <summary>OAuth scope.</summary>
    public string? OAuthBearerScope { get; set; }

    /// <summary>Token endpoint of the OAuth issuer.</summary>
    public string? OAuthBearerTokenEndpointUrl { get; set; }

    /// <summary>OAuth extensions, <c>key=value</c> joined by commas.</summary>
    public string? OAuthBearerExtensions { get; set; }

    /// <summary>A batch per invocation. Default: false.</summary>
    public bool IsBatched { get; set; }

    Cardinality ISupportCardinality.Cardinality
    {
        get => IsBatched ? Cardinality.Many : Cardinality.One;
        set => IsBatched = value == Cardinality.Many;
    }
}
