using System.Text.RegularExpressions;
using KafkaFunctions.Monitoring.Tests.Files;

namespace KafkaFunctions.Monitoring.Tests.Alerts;

/// <summary>What whoever is woken by an alert needs of it.</summary>
public sealed partial class AlertRuleTests
{
    private static readonly string[] Severities = ["critical", "warning", "info"];

    [Fact]
    public void Alerts_SayWhatIsWrongAndWhatToDo()
    {
        Assert.NotEmpty(AlertRule.All);
        Assert.All(AlertRule.All, rule =>
        {
            Assert.StartsWith("KafkaFunctions", rule.Name, StringComparison.Ordinal);
            Assert.Contains(rule.Labels["severity"], Severities);
            Assert.NotEmpty(rule.Annotations["summary"]);
            Assert.EndsWith(".", rule.Annotations["description"], StringComparison.Ordinal);
            Assert.Equal($"docs/monitoring.md#{Anchor(rule.Name)}", rule.Annotations["runbook_url"]);
        });
    }

    [Fact]
    public void Runbook_HasASectionForEachAlert_AndNoOther()
    {
        var sections = AlertHeading().Matches(File.ReadAllText(MonitoringFiles.Documentation)).Select(match => match.Groups[1].Value);

        Assert.Equal(AlertRule.All.Select(rule => rule.Name), sections);
    }

    [Fact]
    public void Alerts_AreEachTestedBothWays()
    {
        var checks = MonitoringFiles.RuleTests.SelectMany(file => Yaml.Read(file).Items("tests")).Select(test => test.Items("alert_rule_test")).ToList();

        Assert.All(AlertRule.All, rule =>
        {
            var own = checks.Select(test => test.Where(check => check.Text("alertname") == rule.Name).ToList()).Where(test => test.Count > 0).ToList();
            Assert.Contains(own, test => test.Any(check => check.Items("exp_alerts").Count > 0));
            Assert.Contains(own, test => test.All(check => check.Items("exp_alerts").Count == 0));
        });
    }

    // As Markdown makes them from headings.
    private static string Anchor(string heading) => heading.ToLowerInvariant();

    [GeneratedRegex(@"^#+ (KafkaFunctions\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex AlertHeading();
}
