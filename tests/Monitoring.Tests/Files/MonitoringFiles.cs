using KafkaFunctions.TestSupport;

namespace KafkaFunctions.Monitoring.Tests.Files;

/// <summary>Where the files are that users deploy.</summary>
internal static class MonitoringFiles
{
    private static readonly string Monitoring = Path.Combine(Repository.Root, "monitoring");

    public static string Compose { get; } = Path.Combine(Monitoring, "compose.yaml");

    /// <summary>What Prometheus reads.</summary>
    public static string Prometheus { get; } = Path.Combine(Monitoring, "prometheus");

    /// <summary>What Grafana reads.</summary>
    public static string Grafana { get; } = Path.Combine(Monitoring, "grafana");

    public static string Dashboards { get; } = Path.Combine(Grafana, "dashboards");

    public static string Rules { get; } = Path.Combine(Prometheus, "rules", "kafkafunctions.yml");

    public static string Documentation { get; } = Path.Combine(Repository.Root, "docs", "monitoring.md");

    /// <summary>The unit tests of the rules.</summary>
    public static IReadOnlyList<string> RuleTests { get; } = [.. Directory.GetFiles(Path.Combine(Prometheus, "tests"), "*.yml").Order(StringComparer.Ordinal)];
}
