using Azure.Core;
using Azure.Identity;
using Confluent.Kafka;

namespace KafkaFunctions.Kafka;

/// <summary>OAUTHBEARER tokens of Microsoft Entra for the Kafka endpoint of Event Hubs.</summary>
internal sealed class OAuthTokens
{
    /// <summary>librdkafka wants a name; the broker takes the identity from the token.</summary>
    public const string Principal = "kafkafunctions";

    private readonly TokenCredential _credential;
    private readonly TokenRequestContext _request;

    public OAuthTokens(KafkaConnection connection)
    {
        _credential = connection.Credential ?? new DefaultAzureCredential(new DefaultAzureCredentialOptions
        {
            ManagedIdentityClientId = connection.Username,
        });
        _request = new TokenRequestContext([ScopeOf(connection.BootstrapServers)]);
    }

    /// <summary>The scope of an Event Hubs namespace: its own address, without the port.</summary>
    public static string ScopeOf(string bootstrapServers)
    {
        var first = bootstrapServers.Split(',')[0].Trim();
        var port = first.LastIndexOf(':');
        return $"https://{(port < 0 ? first : first[..port])}/.default";
    }

    /// <summary>A token, from the credential's cache while it is good. May take seconds.</summary>
    public AccessToken Get() => _credential.GetToken(_request, CancellationToken.None);

    /// <summary>Gives a client its next token.</summary>
    public void Refresh(IClient client)
    {
        try
        {
            var token = Get();
            client.OAuthBearerSetToken(token.Token, token.ExpiresOn.ToUnixTimeMilliseconds(), Principal);
        }
#pragma warning disable CA1031 // Any failure must reach the client, which tells it as an authentication error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            client.OAuthBearerSetTokenFailure(FailureText(exception));
        }
    }

    public static string FailureText(Exception exception) =>
        $"no token for OAUTHBEARER: {exception.Message}";
}
