namespace KafkaFunctions.EndToEnd.Tests.Telemetry;

/// <summary>Reads what an app shows to Prometheus, in its text format.</summary>
internal static class Exposition
{
    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count"];

    /// <summary>One series.</summary>
    /// <param name="Name">Name of its metric.</param>
    /// <param name="Kind">The metric's type.</param>
    /// <param name="Labels">Names of its labels.</param>
    public sealed record Series(string Name, string Kind, IReadOnlyList<string> Labels);

    public static IReadOnlyList<Series> Read(string text)
    {
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        var series = new List<Series>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                kinds[words[2]] = words[3];
            }
            else if (line[0] != '#')
            {
                var name = line[..line.IndexOfAny(['{', ' '])];
                name = kinds.ContainsKey(name) ? name : Suffixes.Where(suffix => name.EndsWith(suffix, StringComparison.Ordinal)).Select(suffix => name[..^suffix.Length]).First();
                series.Add(new Series(name, kinds[name], [.. LabelsOf(line)]));
            }
        }

        return series;
    }

    private static IEnumerable<string> LabelsOf(string line)
    {
        var open = line.IndexOf('{', StringComparison.Ordinal);
        return open < 0 ? [] : line[(open + 1)..line.LastIndexOf('}')].Split("\",", StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0]);
    }
}
