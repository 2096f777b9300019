using System.Globalization;
using System.Text;

namespace KafkaFunctions.Bench.Runs;

/// <summary>What a run found: tables of figures, and checks that pass or fail.</summary>
internal sealed class Report
{
    private const int LongestLine = 120;
    private readonly StringBuilder _text = new();
    private readonly List<(string Check, bool Passed, string Detail)> _checks = [];

    /// <summary>Whether every check passed, and there was one.</summary>
    public bool Passed => _checks.Count > 0 && _checks.TrueForAll(check => check.Passed);

    /// <summary>Adds a line of plain text.</summary>
    public void Note(string text) => _text.Append(text).Append("\n\n");

    /// <summary>Adds a table.</summary>
    public void Table(string[] header, IEnumerable<string[]> rows) => AppendTable(_text, header, rows);

    /// <summary>Adds a check.</summary>
    /// <param name="check">What must hold.</param>
    /// <param name="passed">Whether it holds.</param>
    /// <param name="detail">The figure, or the first things that are wrong.</param>
    public void Check(string check, bool passed, string detail) => _checks.Add((check, passed, detail));

    /// <summary>Adds a check that a figure is at most a bound.</summary>
    public void AtMost(string check, double figure, double bound, string unit = "") =>
        Check(Invariant($"{check} ≤ {bound:0.###}{unit}"), figure <= bound, Invariant($"{figure:0.###}{unit}"));

    /// <summary>Adds a check that a figure is at least a bound.</summary>
    public void AtLeast(string check, double figure, double bound, string unit = "") =>
        Check(Invariant($"{check} ≥ {bound:0.###}{unit}"), figure >= bound, Invariant($"{figure:0.###}{unit}"));

    /// <summary>Adds a check that a program has said something.</summary>
    /// <param name="check">What it must say.</param>
    /// <param name="line">Its words; null where it said nothing.</param>
    public void CheckSaid(string check, string? line) =>
        Check(check, line is not null, line is null ? "no such line in its log" : line.Length <= LongestLine ? line : line[..LongestLine] + " …");

    /// <summary>The report as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder().Append(_text);
        AppendTable(text, ["check", "result", "found"], _checks.Select(check => new[] { check.Check, check.Passed ? "pass" : "**FAIL**", check.Detail }));
        return text.ToString();
    }

    /// <summary>Formats figures alike everywhere.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void AppendTable(StringBuilder text, string[] header, IEnumerable<string[]> rows)
    {
        string[][] cells = [header, .. rows];
        var widths = header.Select((_, column) => cells.Max(row => row[column].Length)).ToArray();
        AppendRow(text, header, widths);
        AppendRow(text, [.. widths.Select(width => new string('-', width))], widths);
        foreach (var row in cells.Skip(1))
        {
            AppendRow(text, row, widths);
        }

        text.Append('\n');
    }

    private static void AppendRow(StringBuilder text, string[] row, int[] widths)
    {
        for (var column = 0; column < row.Length; column++)
        {
            text.Append(column == 0 ? "| " : " | ").Append(row[column].ReplaceLineEndings(" ").PadRight(widths[column]));
        }

        text.Append(" |\n");
    }
}
