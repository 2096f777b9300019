using System.Buffers;
using System.IO.Compression;
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
        var decompress = DecompressionOf(request);
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        var sent = await ReadAllAsync(request, maxBytes, cancellationToken);
        if (decompress is null)
        {
            return Content(sent);
        }

        try
        {
            // The compressed bytes are bounded too, and first: some of them decompress to nothing.
            using var decompressed = decompress(sent);
            return Content(await CopyAsync(decompressed, maxBytes, cancellationToken));
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException or IOException)
        {
            throw new IngestRejectedException(
                StatusCodes.Status400BadRequest,
                $"The body is not what its Content-Encoding '{request.Headers.ContentEncoding}' says.",
                innerException: exception);
        }
    }

    private static Func<Stream, Stream>? DecompressionOf(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
        {
            "" or "identity" => null,
            "gzip" or "x-gzip" => sent => new GZipStream(sent, CompressionMode.Decompress),
            "deflate" => sent => new ZLibStream(sent, CompressionMode.Decompress),
            "br" => sent => new BrotliStream(sent, CompressionMode.Decompress),
            var other => throw new IngestRejectedException(
                StatusCodes.Status415UnsupportedMediaType,
                $"The Content-Encoding '{other}' is not taken. Send gzip, deflate, br or none."),
        };

    private static async Task<MemoryStream> ReadAllAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } serverLimit)
        {
            serverLimit.MaxRequestBodySize = maxBytes;
        }

        try
        {
            return await CopyAsync(request.Body, maxBytes, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(maxBytes);
        }
        catch (BadHttpRequestException exception)
        {
            throw new IngestRejectedException(exception.StatusCode, exception.Message, innerException: exception);
        }
    }

    private static async Task<MemoryStream> CopyAsync(Stream source, int maxBytes, CancellationToken cancellationToken)
    {
        var copy = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            while ((read = await source.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (copy.Length + read > maxBytes)
                {
                    throw TooLarge(maxBytes);
                }

                copy.Write(chunk, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        copy.Position = 0;
        return copy;
    }

    private static ReadOnlyMemory<byte> Content(MemoryStream stream) => stream.GetBuffer().AsMemory(0, (int)stream.Length);

    private static IngestRejectedException TooLarge(int maxBytes) => new(
        StatusCodes.Status413PayloadTooLarge,
        $"The body has more than {maxBytes} bytes (Ingest:MaxBodyBytes). Send its records in several requests.");
}
