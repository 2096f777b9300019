using System.Runtime.CompilerServices;

namespace KafkaFunctions.TestSupport;

/// <summary>The tables of metrics in docs/telemetry.md.</summary>
internal static class MetricsPage
{
    /// <summary>A row of them.</summary>
    /// <param name="Instrument">The instrument's name.</param>
    /// <param name="Prometheus">Its name in Prometheus.</param>
    /// <param name="Kind"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    /// <param name="Labels">Its labels.</param>
    public sealed record Entry(string Instrument, string Prometheus, string Kind, IReadOnlyList<string> Labels);

    public static IReadOnlyList<Entry> Read() =>
    [
        .. from line in File.ReadLines(Path.Combine(FindRoot(), "docs", "telemetry.md"))
           where line.StartsWith("| `kafkafunctions.", StringComparison.Ordinal) || line.StartsWith("| `messaging.", StringComparison.Ordinal)
           let cells = line.Split('|', StringSplitOptions.TrimEntries)
           select new Entry(
               cells[1].Trim('`'),
               cells[2].Trim('`'),
               cells[3],
               [.. cells[4].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(label => label.Trim('`'))]),
    ];

    private static string FindRoot([CallerFilePath] string file = "")
    {
        // Builds that map source paths say another one: the assembly's own folder is inside the repository, too.
        var start = File.Exists(file) ? Path.GetDirectoryName(file) : AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start!); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KafkaFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no KafkaFunctions.sln above {start}.");
    }
}
