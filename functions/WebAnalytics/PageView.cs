namespace KafkaFunctions.App.WebAnalytics;

/// <summary>One request to a web server. Values that the log does not know are null and left out of the JSON.</summary>
internal sealed record PageView
{
    /// <summary>Address or name of the client.</summary>
    public required string Host { get; init; }

    /// <summary>Name of the authenticated user.</summary>
    public string? User { get; init; }

    /// <summary>When the request was received, with the server's offset from UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Method of the request; null where the request line has none.</summary>
    public string? Method { get; init; }

    /// <summary>Target of the request up to the query; null where the request line has none.</summary>
    public string? Path { get; init; }

    /// <summary>What follows the first '?' of the target; null where it has none.</summary>
    public string? Query { get; init; }

    /// <summary>Protocol of the request, such as <c>HTTP/1.1</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>Status of the response; 0 where none was sent.</summary>
    public required int Status { get; init; }

    /// <summary>Bytes of the response's body.</summary>
    public required long Bytes { get; init; }

    /// <summary>The page that the client says it came from.</summary>
    public string? Referrer { get; init; }

    /// <summary>What the client calls itself.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Whether the client calls itself a crawler or another program (see <see cref="UserAgents"/>).</summary>
    public required bool IsBot { get; init; }
}
