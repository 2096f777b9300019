namespace KafkaFunctions.Reference;

/// <summary>Sums of times that stop at the ends of the range.</summary>
internal static class Times
{
    public static long Add(long time, long duration) => time > long.MaxValue - duration ? long.MaxValue : time + duration;

    public static long Subtract(long time, long duration) => time < long.MinValue + duration ? long.MinValue : time - duration;
}
