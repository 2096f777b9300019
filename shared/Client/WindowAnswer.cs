using System.Globalization;

namespace KafkaFunctions.Client;

/// <summary>A window as the app writes it: ISO 8601, or milliseconds of times that no calendar has. A property is never renamed.</summary>
internal sealed record WindowAnswer(string Start, string End)
{
    private const long LastMillisecond = 253_402_300_799_999;

    /// <exception cref="FormatException">A bound is no time.</exception>
    public StateWindow ToWindow() => new(TimeOf(Start), TimeOf(End));

    private static DateTimeOffset TimeOf(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
        ? DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(time, 0, LastMillisecond))
        : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
