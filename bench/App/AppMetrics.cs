using System.Globalization;

namespace KafkaFunctions.Bench.App;

/// <summary>Reads figures that an app exposes at <c>/metrics</c>.</summary>
internal static class AppMetrics
{
    /// <summary>Bytes allocated on the managed heap since the start (OpenTelemetry's runtime metrics).</summary>
    public const string AllocatedBytes = "dotnet_gc_heap_total_allocated_bytes_total";

    /// <summary>Bytes of the managed heap after the last collection, by generation.</summary>
    public const string HeapBytes = "dotnet_gc_last_collection_heap_size_bytes";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>Sum of a metric over its labels; null where the app does not expose it.</summary>
    public static async Task<double?> ReadAsync(AppProcess app, string metric, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = await Http.GetStringAsync(new Uri(app.Address, "metrics"), cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }

        double? sum = null;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(metric, StringComparison.Ordinal) && line.Length > metric.Length && line[metric.Length] is ' ' or '{')
            {
                var afterLabels = line[(line.LastIndexOf('}') is var end and >= 0 ? end + 1 : metric.Length)..];
                sum = (sum ?? 0) + double.Parse(afterLabels.Trim().Split(' ')[0], CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }
}
