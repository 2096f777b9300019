using System.Globalization;

namespace KafkaFunctions.Bench.Processes;

/// <summary>Figures of a running process as the kernel counts them.</summary>
internal static class ProcessStatistics
{
    /// <summary>Clock ticks per second of <c>/proc/PID/stat</c>; the same on every Linux that .NET runs on.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds of all threads since the process began, user and system.</summary>
    public static double CpuSeconds(int processId)
    {
        var stat = File.ReadAllText($"/proc/{processId}/stat");

        // The second field is the program's name in parentheses and may hold anything; fields after it count from 3.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var user = long.Parse(fields[14 - 3], CultureInfo.InvariantCulture);
        var system = long.Parse(fields[15 - 3], CultureInfo.InvariantCulture);
        return (user + system) / TicksPerSecond;
    }

    /// <summary>Resident memory in bytes.</summary>
    public static long ResidentBytes(int processId)
    {
        const string Field = "VmRSS:";
        var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith(Field, StringComparison.Ordinal));
        var kibibytes = line[Field.Length..].Trim().Split(' ')[0];
        return long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024;
    }
}
