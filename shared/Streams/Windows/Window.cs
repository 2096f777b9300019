namespace KafkaFunctions.Streams.Windows;

/// <summary>A span of event time that results are made for.</summary>
/// <param name="Start">Its first millisecond, since 1970-01-01 UTC.</param>
/// <param name="End">Its end in milliseconds since 1970-01-01 UTC: of tumbling and hopping windows the first millisecond behind it,
/// of sliding and session windows its last one.</param>
public readonly record struct Window(long Start, long End) : IComparable<Window>
{
    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>Its start as a time; of a window that begins after the year 9999, the end of that.</summary>
    public DateTimeOffset StartTime => TimeOf(Start);

    /// <summary>Its end as a time; of a window that ends after the year 9999, the end of that.</summary>
    public DateTimeOffset EndTime => TimeOf(End);

    /// <summary>Orders by start, then by end.</summary>
    public int CompareTo(Window other) => Start != other.Start ? Start.CompareTo(other.Start) : End.CompareTo(other.End);

    /// <summary>Whether one begins before the other.</summary>
    public static bool operator <(Window left, Window right) => left.CompareTo(right) < 0;

    /// <summary>Whether one begins after the other.</summary>
    public static bool operator >(Window left, Window right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not begin after the other.</summary>
    public static bool operator <=(Window left, Window right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not begin before the other.</summary>
    public static bool operator >=(Window left, Window right) => left.CompareTo(right) >= 0;

    private static DateTimeOffset TimeOf(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, LastMillisecond));
}
