using System.Buffers;
using System.IO.Compression;

namespace KafkaFunctions.App.Ingest;

/// <summary>Undoes the compression of a body, within bounds. A body that is cut off is an error, not a shorter body.</summary>
internal static class ContentCoding
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Whether a Content-Encoding, in lower case, is one that can be undone.</summary>
    public static bool IsKnown(string coding) => coding is "gzip" or "x-gzip" or "deflate" or "br";

    /// <summary>The bytes that were compressed.</summary>
    /// <param name="coding">How they were compressed.</param>
    /// <param name="compressed">All of the compressed bytes.</param>
    /// <param name="maxBytes">The most bytes to give.</param>
    /// <returns>Null where there are more than <paramref name="maxBytes"/>.</returns>
    /// <exception cref="InvalidDataException">The bytes were not compressed like this, or are cut off.</exception>
    public static MemoryStream? Decompress(string coding, MemoryStream compressed, int maxBytes)
    {
        if (coding == "br")
        {
            return DecompressBrotli(compressed.GetBuffer().AsSpan(0, (int)compressed.Length), maxBytes);
        }

        // Notices the cut with the runtime option System.IO.Compression.UseStrictValidation, which the project file sets.
        using Stream stream = coding == "deflate"
            ? new ZLibStream(compressed, CompressionMode.Decompress)
            : new GZipStream(compressed, CompressionMode.Decompress);
        var plain = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            int read;
            while ((read = stream.Read(chunk)) > 0)
            {
                if (plain.Length + read > maxBytes)
                {
                    return null;
                }

                plain.Write(chunk, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return plain;
    }

    private static MemoryStream? DecompressBrotli(ReadOnlySpan<byte> compressed, int maxBytes)
    {
        using var decoder = new BrotliDecoder();
        var plain = new MemoryStream();
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (true)
            {
                var status = decoder.Decompress(compressed, chunk, out var consumed, out var written);
                compressed = compressed[consumed..];
                if (plain.Length + written > maxBytes)
                {
                    return null;
                }

                plain.Write(chunk, 0, written);
                if (status == OperationStatus.Done && compressed.IsEmpty)
                {
                    return plain;
                }

                if (status != OperationStatus.DestinationTooSmall)
                {
                    throw new InvalidDataException($"The compressed bytes are invalid, cut off, or others follow ({status}).");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
