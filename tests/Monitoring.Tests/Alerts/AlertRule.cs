using KafkaFunctions.Monitoring.Tests.Files;

namespace KafkaFunctions.Monitoring.Tests.Alerts;

/// <summary>An alert, as its file has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Query">What makes it fire.</param>
/// <param name="Labels">What it adds to the series' labels.</param>
/// <param name="Annotations">What it says.</param>
internal sealed record AlertRule(string Name, string Query, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations)
{
    public static IReadOnlyList<AlertRule> All { get; } =
    [
        .. Yaml.Read(MonitoringFiles.Rules).Items("groups")
            .SelectMany(group => group.Items("rules"))
            .Select(rule => new AlertRule(rule.Text("alert"), rule.Text("expr"), rule.Texts("labels"), rule.Texts("annotations"))),
    ];

    public override string ToString() => Name;
}
