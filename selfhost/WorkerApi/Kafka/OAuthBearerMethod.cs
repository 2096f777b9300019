namespace Microsoft.Azure.Functions.Worker;

/// <summary>How an OAuth token for Kafka is obtained.</summary>
public enum OAuthBearerMethod
{
    /// <summary>By the client's own handler.</summary>
    Default = 0,

    /// <summary>From an OpenID Connect token endpoint.</summary>
    Oidc = 1,
}
