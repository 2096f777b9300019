namespace KafkaFunctions.Streams.State.Rows;

/// <summary>Names of source topics as rows have them: every row names one, and there are few. Safe for concurrent use.</summary>
internal static class KnownTexts
{
    // Looked through one by one; further ones are read anew each time.
    private const int Most = 16;

    private static volatile (byte[] Bytes, string Text)[] _known = [];

    public static string? Find(ReadOnlySpan<byte> bytes)
    {
        foreach (var known in _known)
        {
            if (bytes.SequenceEqual(known.Bytes))
            {
                return known.Text;
            }
        }

        return null;
    }

    /// <remarks>One that another thread adds at the same time may get lost: it is added again later.</remarks>
    public static string Add(ReadOnlySpan<byte> bytes, string text)
    {
        var known = _known;
        if (known.Length < Most)
        {
            _known = [.. known, (bytes.ToArray(), text)];
        }

        return text;
    }
}
