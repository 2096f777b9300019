namespace KafkaFunctions.Bench.Runs;

/// <summary>Figures of samples.</summary>
internal static class Statistics
{
    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The smallest sample that at least this share of all are not above (nearest rank).</summary>
    public static double Percentile(IEnumerable<double> samples, double share)
    {
        double[] sorted = [.. samples.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * share) - 1)];
    }

    /// <summary>Slope of the straight line through samples taken one unit of time apart (least squares).</summary>
    public static double Slope(IReadOnlyList<double> samples)
    {
        var meanX = (samples.Count - 1) / 2.0;
        var meanY = samples.Average();
        double above = 0, below = 0;
        for (var x = 0; x < samples.Count; x++)
        {
            above += (x - meanX) * (samples[x] - meanY);
            below += (x - meanX) * (x - meanX);
        }

        return below == 0 ? 0 : above / below;
    }
}
