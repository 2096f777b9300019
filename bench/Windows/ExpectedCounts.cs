namespace KafkaFunctions.Bench.Windows;

/// <summary>The counts by key and window that follow from a workload.</summary>
internal static class ExpectedCounts
{
    private const long Minute = 60_000;
    private const long Gap = 30_000;

    /// <summary>Counts in the simplest way: no record is late, so their order is of no matter.</summary>
    public static Dictionary<(int Key, long Start, long End), long> Of(WindowKind kind, WindowWorkload workload, int records) =>
        kind == WindowKind.Sessions ? Sessions(workload, records) : Times(workload, records, kind == WindowKind.Hopping ? 5 * Minute : Minute);

    /// <summary>The length of windows; 0 where it differs.</summary>
    public static long SizeOf(WindowKind kind) => kind switch
    {
        WindowKind.Tumbling => Minute,
        WindowKind.Hopping => 5 * Minute,
        _ => 0,
    };

    private static Dictionary<(int Key, long Start, long End), long> Times(WindowWorkload workload, int records, long size)
    {
        var counts = new Dictionary<(int, long, long), long>();
        for (var id = 0; id < records; id++)
        {
            var timestamp = workload.TimestampOf(id);
            for (var start = timestamp / Minute * Minute; start > timestamp - size; start -= Minute)
            {
                var window = (workload.KeyOf(id), start, start + size);
                counts[window] = counts.GetValueOrDefault(window) + 1;
            }
        }

        return counts;
    }

    private static Dictionary<(int Key, long Start, long End), long> Sessions(WindowWorkload workload, int records)
    {
        var counts = new Dictionary<(int, long, long), long>();
        foreach (var key in Enumerable.Range(0, records).GroupBy(workload.KeyOf))
        {
            long[] times = [.. key.Select(workload.TimestampOf).Order()];
            for (var (i, from) = (1, 0); i <= times.Length; i++)
            {
                if (i == times.Length || times[i] - times[i - 1] > Gap)
                {
                    counts.Add((key.Key, times[from], times[i - 1]), i - from);
                    from = i;
                }
            }
        }

        return counts;
    }
}
