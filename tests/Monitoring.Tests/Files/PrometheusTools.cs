namespace KafkaFunctions.Monitoring.Tests.Files;

/// <summary>The Prometheus that tests run: of <c>PROMETHEUS_HOME</c>, or on the path. Tests are skipped where there is none.</summary>
internal static class PrometheusTools
{
    private const string Variable = "PROMETHEUS_HOME";

    private const string HowToGetOne =
        $"No Prometheus to test with. Install it (Debian and Ubuntu: apt-get install prometheus), or set {Variable} to the folder of a Prometheus download.";

    /// <summary>The server.</summary>
    public static string RequireServer() => Require("prometheus");

    /// <summary>The tool that checks and tests rules.</summary>
    public static string RequirePromtool() => Require("promtool");

    private static string Require(string program)
    {
        var folders = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home ? [home] : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, HowToGetOne);
        return found!;
    }
}
