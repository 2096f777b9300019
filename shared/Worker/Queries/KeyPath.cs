using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KafkaFunctions.Worker.Queries;

/// <summary>The key at the end of a request's path, as it was sent: servers decode a path, and then <c>%2F</c> and bytes that are not
/// UTF-8 cannot be told from what they stand for.</summary>
internal static class KeyPath
{
    private const string StandIn = "%25";

    /// <summary>The key, percent-encoded; null where the path has none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key as the router found it.</param>
    public static string? RawKeyOf(HttpRequest request, string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return null;
        }

        var path = (request.PathBase + request.Path).Value ?? "";
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";

        // Decoding adds and removes no slash; a server that rewrote the path more than that has only the decoded form.
        return path.EndsWith(key, StringComparison.Ordinal) && path.Count('/') == raw.Count('/') && raw.StartsWith('/')
            ? AfterSlashes(raw, path[..^key.Length].Count('/'))
            : key.Replace("%", StandIn, StringComparison.Ordinal);
    }

    private static string AfterSlashes(string path, int slashes)
    {
        var at = 0;
        for (; slashes > 0; slashes--)
        {
            at = path.IndexOf('/', at) + 1;
        }

        return path[at..];
    }

    private static int Count(this string text, char letter) => text.AsSpan().Count(letter);
}
