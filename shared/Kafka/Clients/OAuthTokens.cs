using Azure.Core;
using Azure.Identity;
using Confluent.Kafka;
using KafkaFunctions.Kafka.Native;

namespace KafkaFunctions.Kafka;

/// <summary>OAUTHBEARER tokens of Microsoft Entra for the Kafka endpoint of Event Hubs.</summary>
internal sealed class OAuthTokens
{
    /// <summary>librdkafka wants a name; the broker takes the identity from the token.</summary>
    private const string Principal = "kafkafunctions";

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

    /// <summary>Gives a client its next token. May take seconds.</summary>
    public void Refresh(IClient client) =>
        Refresh((token, expires) => client.OAuthBearerSetToken(token, expires, Principal), client.OAuthBearerSetTokenFailure);

    /// <summary>Gives a producer its next token. May take seconds.</summary>
    public void Refresh(NativeProducer producer) =>
        Refresh((token, expires) => producer.SetToken(token, expires, Principal), producer.SetTokenFailure);

    private void Refresh(Action<string, long> set, Action<string> fail)
    {
        try
        {
            var token = _credential.GetToken(_request, CancellationToken.None);
            set(token.Token, token.ExpiresOn.ToUnixTimeMilliseconds());
        }
#pragma warning disable CA1031 // Any failure must reach the client, which tells it as an authentication error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            fail($"no token for OAUTHBEARER: {exception.Message}");
        }
    }
}
