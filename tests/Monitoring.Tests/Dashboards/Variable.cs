using System.Text.Json;
using System.Text.RegularExpressions;

namespace KafkaFunctions.Monitoring.Tests.Dashboards;

/// <summary>A variable that whoever looks at the dashboard chooses.</summary>
internal sealed partial class Variable(JsonElement json)
{
    public JsonElement Json => json;

    public string Name => json.GetProperty("name").GetString()!;

    public string Type => json.GetProperty("type").GetString()!;

    /// <summary>What a query variable lists: the values of a label in a selector; null for other variables.</summary>
    public (string Selector, string Label)? Listed => Type == "query" && LabelValues().Match(json.GetProperty("definition").GetString()!) is { Success: true } match
        ? (match.Groups[1].Value, match.Groups[2].Value)
        : null;

    /// <summary>What stands for it in queries when the dashboard is opened.</summary>
    public string Value => json.TryGetProperty("allValue", out var all) ? all.GetString()! : json.GetProperty("current").GetProperty("value").GetString()!;

    [GeneratedRegex(@"^label_values\((.+), (\w+)\)$")]
    private static partial Regex LabelValues();
}
