using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace KafkaFunctions.App.Ingest;

/// <summary>Finds out how a body holds its records.</summary>
internal static class BodyFormats
{
    private const string Accepted =
        "Send application/json, application/x-ndjson or text/plain, in UTF-8; without a Content-Type the body's first byte decides.";

    /// <summary>The format that a Content-Type names; null where there is none.</summary>
    /// <exception cref="IngestRejectedException">The content type, or its character set, is not one that is taken.</exception>
    public static BodyFormat? Of(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType))
        {
            return null;
        }

        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
        {
            throw Unsupported($"The Content-Type '{contentType}' is malformed.");
        }

        if (HeaderUtilities.RemoveQuotes(type.Charset).Value?.ToLowerInvariant() is not (null or "" or "utf-8" or "utf8" or "us-ascii"))
        {
            throw Unsupported($"The character set '{type.Charset}' is not taken.");
        }

        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/json" or "text/json" => BodyFormat.Json,
            "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonl"
                or "application/jsonlines" or "application/x-jsonlines" or "application/json-lines" or "text/x-ndjson" => BodyFormat.NdJson,
            "text/plain" => BodyFormat.Text,
            { } name when name.EndsWith("+json", StringComparison.Ordinal) => BodyFormat.Json,
            _ => throw Unsupported($"The Content-Type '{type.MediaType}' is not taken."),
        };
    }

    /// <summary>The format of a body that came without a Content-Type: JSON where it begins with <c>[</c> or is one document
    /// that begins with <c>{</c>, NDJSON where more follows that document, text lines otherwise.</summary>
    public static BodyFormat Sniff(ReadOnlySpan<byte> body)
    {
        body = RecordBodyReader.WithoutByteOrderMark(body);
        var start = body.IndexOfAnyExcept(RecordBodyReader.JsonSpace);
        return start < 0 ? BodyFormat.Text : body[start] switch
        {
            (byte)'[' => BodyFormat.Json,
            (byte)'{' => HasSeveralDocuments(body[start..]) ? BodyFormat.NdJson : BodyFormat.Json,
            _ => BodyFormat.Text,
        };
    }

    private static bool HasSeveralDocuments(ReadOnlySpan<byte> body)
    {
        var options = RecordBodyReader.JsonOptions;
        options.AllowMultipleValues = true;
        var reader = new Utf8JsonReader(body, options);
        try
        {
            reader.Read();
            reader.Skip();
        }
        catch (JsonException)
        {
            // Wrong either way, and at the same place.
            return false;
        }

        return body[(int)reader.BytesConsumed..].ContainsAnyExcept(RecordBodyReader.JsonSpace);
    }

    private static IngestRejectedException Unsupported(string reason) =>
        new(StatusCodes.Status415UnsupportedMediaType, $"{reason} {Accepted}");
}
