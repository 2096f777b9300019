using Azure.Core;
using Azure.Identity;

namespace KafkaFunctions.Kafka.Tests.Security;

/// <summary>An identity that cannot be found.</summary>
internal sealed class NoTokens : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new CredentialUnavailableException("no managed identity here");

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new CredentialUnavailableException("no managed identity here");
}
