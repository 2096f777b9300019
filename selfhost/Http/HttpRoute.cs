using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.SelfHost.Settings;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Http;

/// <summary>How an HTTP function is reached.</summary>
/// <param name="Function">The function.</param>
/// <param name="Path">The path with its prefix, without a slash in front.</param>
/// <param name="Methods">Methods in capitals; empty for any.</param>
/// <param name="Level">What a caller must show.</param>
internal sealed record HttpRoute(FunctionDescriptor Function, string Path, string[] Methods, AuthorizationLevel Level)
{
    public static HttpRoute Of(FunctionDescriptor function, string prefix, SettingResolver settings)
    {
        var route = settings.Substitute(function.Trigger.GetString("route") ?? function.Name).Trim('/');
        var methods = function.Trigger.GetStrings("methods") ?? [];

        // Where no level is written the Functions host asks for a function key.
        var level = Enum.TryParse<AuthorizationLevel>(function.Trigger.GetString("authLevel"), ignoreCase: true, out var written)
            ? written
            : AuthorizationLevel.Function;
        return new HttpRoute(
            function,
            prefix.Length == 0 ? route : $"{prefix}/{route}",
            [.. methods.Select(method => method.ToUpperInvariant())],
            level);
    }
}
