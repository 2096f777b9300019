using System.Security.Cryptography;
using System.Text;
using KafkaFunctions.SelfHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>The keys that callers of HTTP functions show: <c>FunctionKey</c>, and <c>MasterKey</c>, which opens everything.
/// With neither set nothing is asked for, and the host listens on this machine only.</summary>
internal sealed class FunctionKeys(IConfiguration configuration)
{
    private const string Header = "x-functions-key";

    private const string QueryParameter = "code";

    private readonly byte[]? _function = Hash(configuration[HostSettings.FunctionKey]);
    private readonly byte[]? _master = Hash(configuration[HostSettings.MasterKey]);

    public bool AreSet => _function is not null || _master is not null;

    /// <summary>Whether the request shows a key that the level asks for.</summary>
    public bool Allow(HttpRequest request, AuthorizationLevel level)
    {
        if (level == AuthorizationLevel.Anonymous || !AreSet)
        {
            return true;
        }

        var shown = Hash(request.Headers[Header].ToString()) ?? Hash(request.Query[QueryParameter].ToString());
        return shown is not null && (Matches(shown, _master) || (level <= AuthorizationLevel.Function && Matches(shown, _function)));
    }

    // Hashes are of one length, so that the comparison takes the same time whatever is shown.
    private static bool Matches(byte[] shown, byte[]? key) => key is not null && CryptographicOperations.FixedTimeEquals(shown, key);

    private static byte[]? Hash(string? key) => string.IsNullOrEmpty(key) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
