namespace KafkaFunctions.App.Demo;

/// <summary>How people's visits to a shop spread over the day.</summary>
internal static class TrafficRhythm
{
    // By hour of the day; few at night, a bump at lunch, most in the evening.
    private static readonly double[] Hours =
    [
        0.45, 0.28, 0.18, 0.14, 0.15, 0.25, 0.48, 0.78, 0.98, 1.08, 1.15, 1.24,
        1.35, 1.27, 1.17, 1.14, 1.19, 1.31, 1.50, 1.74, 1.88, 1.72, 1.29, 0.78,
    ];

    private static readonly double Mean = Hours.Average();

    /// <summary>Traffic at a time of day in proportion to the day's mean.</summary>
    public static double At(DateTimeOffset time)
    {
        var hour = time.TimeOfDay.TotalHours;
        var before = (int)hour;
        var part = hour - before;
        return ((Hours[before] * (1 - part)) + (Hours[(before + 1) % Hours.Length] * part)) / Mean;
    }
}
