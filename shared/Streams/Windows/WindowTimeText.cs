using System.Globalization;

namespace KafkaFunctions.Streams.Windows;

/// <summary>Bounds of windows as text: ISO 8601 in UTC, or, of times that no calendar has, milliseconds.</summary>
public static class WindowTimeText
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private static readonly string[] Readable = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];
    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>Writes a time.</summary>
    /// <param name="time">Milliseconds since 1970-01-01 UTC.</param>
    public static string Write(long time) => time is >= 0 and <= LastMillisecond
        ? DateTimeOffset.FromUnixTimeMilliseconds(time).ToString(Format, CultureInfo.InvariantCulture)
        : time.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a time: milliseconds since 1970-01-01 UTC, or ISO 8601; without an offset it is UTC.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="time">The milliseconds.</param>
    /// <returns>False where it is neither.</returns>
    public static bool TryRead(string? text, out long time)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out time))
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParseExact(text, Readable, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        time = isTime ? read.ToUnixTimeMilliseconds() : 0;
        return isTime;
    }
}
