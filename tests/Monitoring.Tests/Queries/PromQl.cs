using System.Text.RegularExpressions;

namespace KafkaFunctions.Monitoring.Tests.Queries;

/// <summary>As much of the query language as it takes to find what a query reads. Prometheus itself checks the rest.</summary>
internal static partial class PromQl
{
    private static readonly string[] Words = ["and", "or", "unless", "bool", "offset", "inf", "nan"];

    /// <summary>The selectors of a query, each once.</summary>
    /// <param name="query">Without variables of Grafana.</param>
    public static IReadOnlyList<Selector> Selectors(string query) =>
    [
        .. NameOrText().Matches(Window().Replace(LabelList().Replace(query, " "), " "))
            .Where(match => match.Groups["name"].Success && !Words.Contains(match.Groups["name"].Value, StringComparer.OrdinalIgnoreCase))
            .Select(match => new Selector(match.Groups["name"].Value, match.Groups["conditions"].Value.Trim()))
            .Distinct(),
    ];

    // by (a, b), on (), group_left: names of labels, not of metrics.
    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\b(\s*\([^)]*\))?")]
    private static partial Regex LabelList();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Window();

    // A name that is neither of a function nor a part of a number, with its conditions; or a text, to be passed over.
    [GeneratedRegex("""(?<![\w:.])(?<name>[a-zA-Z_:][\w:]*)(?![\w:]|\s*\()(\s*\{(?<conditions>[^}]*)\})?|"[^"]*" """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NameOrText();
}
