using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KafkaFunctions.App.Ingest;

/// <summary>Reads the whole body of a request, decompressed, within bounds.</summary>
internal static class RequestBody
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>The body as the client meant it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maxBytes">The most bytes, as sent and decompressed.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="IngestRejectedException">The body is too large, badly compressed or compressed in an unknown way.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var coding = CodingOf(request);
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        // Compressed bytes are bounded too, and first: some of them decompress to nothing.
        var sent = await ReadSentAsync(request, maxBytes, cancellationToken);
        var body = coding is null ? sent : Decompress(coding, sent, maxBytes);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static string? CodingOf(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
        {
            "" or "identity" => null,
            var coding when ContentCoding.IsKnown(coding) => coding,
            var coding => throw new IngestRejectedException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The Content-Encoding '{coding}' is not taken. Send gzip, deflate, br or none."),
        };

    private static MemoryStream Decompress(string coding, MemoryStream sent, int maxBytes)
    {
        try
        {
            return ContentCoding.Decompress(coding, sent, maxBytes) ?? throw TooLarge(maxBytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new IngestRejectedException(
                StatusCodes.Status400BadRequest,
                $"The body is not whole or not what its Content-Encoding '{coding}' says.",
                innerException: exception);
        }
    }

    private static async Task<MemoryStream> ReadSentAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } serverLimit)
        {
            serverLimit.MaxRequestBodySize = maxBytes;
        }

        var sent = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (sent.Length + read > maxBytes)
                {
                    throw TooLarge(maxBytes);
                }

                sent.Write(chunk, 0, read);
            }
        }
        catch (BadHttpRequestException exception)
        {
            throw exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge(maxBytes)
                : new IngestRejectedException(exception.StatusCode, exception.Message, innerException: exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        sent.Position = 0;
        return sent;
    }

    private static IngestRejectedException TooLarge(int maxBytes) => new(
        StatusCodes.Status413PayloadTooLarge,
        $"The body has more than {maxBytes} bytes (Ingest:MaxBodyBytes). Send its records in several requests.");
}
