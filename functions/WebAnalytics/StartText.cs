using System.Globalization;

namespace KafkaFunctions.App.WebAnalytics;

/// <summary>The start of a window as a key that people can read.</summary>
internal static class StartText
{
    /// <summary>In ISO 8601, UTC, to the second.</summary>
    public static string Of(DateTimeOffset start) => start.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
