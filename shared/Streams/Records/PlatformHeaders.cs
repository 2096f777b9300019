namespace KafkaFunctions.Streams.Records;

/// <summary>Separates the headers that the platform owns from the user's own.</summary>
public static class PlatformHeaders
{
    /// <summary>The headers without the identity header.</summary>
    /// <param name="headers">Headers as they arrived.</param>
    /// <param name="identity">The last identity header's value; null where there is none.</param>
    /// <returns>The same array where there is nothing to take out.</returns>
    public static RecordHeader[] Without(RecordHeader[] headers, out byte[]? identity)
    {
        identity = null;
        var found = 0;
        foreach (var header in headers)
        {
            if (header.Key == HeaderNames.Identity)
            {
                identity = header.Value;
                found++;
            }
        }

        if (found == 0)
        {
            return headers;
        }

        return found == headers.Length ? [] : Array.FindAll(headers, header => header.Key != HeaderNames.Identity);
    }
}
