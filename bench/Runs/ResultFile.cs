using System.Globalization;
using System.Runtime.InteropServices;

namespace KafkaFunctions.Bench.Runs;

/// <summary>Keeps reports as Markdown, one file per command, newest last.</summary>
internal static class ResultFile
{
    /// <summary>Appends a report with the arguments and the machine that it comes from.</summary>
    /// <returns>The file.</returns>
    public static string Append(string repository, string command, string arguments, TimeSpan duration, Report report)
    {
        var folder = Directory.CreateDirectory(Path.Combine(repository, "bench", "results"));
        var file = Path.Combine(folder.FullName, command + ".md");
        var heading = string.Create(
            CultureInfo.InvariantCulture,
            $"## {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC: {(report.Passed ? "pass" : "FAIL")}\n\n`{arguments}`, {duration.TotalSeconds:0} s, {Machine()}\n\n");
        File.AppendAllText(file, heading + report.ToMarkdown());
        return file;
    }

    private static string Machine()
    {
        var processor = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} × {processor}, {memory:0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
    }
}
