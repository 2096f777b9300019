using System.Text;
using System.Text.Json;
using Azure.Core;

namespace KafkaFunctions.Kafka.Tests.Security;

/// <summary>Tokens without a signature, which a broker's default validator takes.</summary>
internal sealed class UnsecuredTokens(string subject) : TokenCredential
{
    private int _given;

    public int Given => Volatile.Read(ref _given);

    public string? Scope { get; private set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _given);
        Scope = Assert.Single(requestContext.Scopes);
        var now = DateTimeOffset.UtcNow;
        var expires = now.AddMinutes(10);
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = expires.ToUnixTimeSeconds(),
        };
        return new AccessToken($"{Part(new Dictionary<string, string> { ["alg"] = "none" })}.{Part(claims)}.", expires);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));

    private static string Part<T>(T content) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
