using System.Text.RegularExpressions;

namespace KafkaFunctions.Monitoring.Tests.Queries;

/// <summary>Texts of dashboards, with their variables.</summary>
internal static partial class GrafanaText
{
    /// <summary>Names of the variables in a text, each once; those of Grafana itself begin with two underscores.</summary>
    public static IReadOnlyList<string> VariablesOf(string text) => [.. Variable().Matches(text).Select(match => match.Groups["name"].Value).Distinct()];

    /// <summary>The text with a value for each variable.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Variable().Replace(text, match => values[match.Groups["name"].Value]);

    // $name, ${name} or ${name:format}.
    [GeneratedRegex(@"\$(?<name>\w+)|\$\{(?<name>\w+)(:\w+)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
