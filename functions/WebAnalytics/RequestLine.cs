namespace KafkaFunctions.App.WebAnalytics;

/// <summary>The request line of an HTTP request, which may be anything that a client sends.</summary>
/// <param name="Method">The method; null where there is none.</param>
/// <param name="Path">The target up to its query; null where there is none.</param>
/// <param name="Query">What follows the target's first '?'; null where it has none.</param>
/// <param name="Protocol">The protocol; null where there is none.</param>
internal readonly record struct RequestLine(string? Method, string? Path, string? Query, string? Protocol)
{
    private const string ProtocolStart = "HTTP/";

    /// <summary>Takes a request line apart. Whatever it cannot name a method or a protocol is the path.</summary>
    public static RequestLine Parse(string line)
    {
        var rest = line.AsSpan();
        var protocol = TakeProtocol(ref rest);
        var method = TakeMethod(ref rest);
        var question = rest.IndexOf('?');
        return new RequestLine(
            method,
            TextOrNull(question < 0 ? rest : rest[..question]),
            question < 0 ? null : rest[(question + 1)..].ToString(),
            protocol);
    }

    private static string? TakeProtocol(ref ReadOnlySpan<char> line)
    {
        var start = line.LastIndexOf(' ') + 1;
        if (!line[start..].StartsWith(ProtocolStart, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var protocol = line[start..].ToString();
        line = line[..start].TrimEnd(' ');
        return protocol;
    }

    private static string? TakeMethod(ref ReadOnlySpan<char> line)
    {
        var end = line.IndexOf(' ');
        var method = end < 0 ? line : line[..end];
        if (method.IsEmpty || !IsMethod(method))
        {
            return null;
        }

        line = end < 0 ? [] : line[(end + 1)..];
        return method.ToString();
    }

    private static bool IsMethod(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiLetter(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static string? TextOrNull(ReadOnlySpan<char> text) => text.IsEmpty ? null : text.ToString();
}
