using System.Globalization;
using System.Text;
using KafkaFunctions.Bench.Runs;

namespace KafkaFunctions.Bench.Wide;

/// <summary>Draws costs over the number of open windows, as an SVG picture.</summary>
internal static class WidePlot
{
    private const double Width = 900;
    private const double Height = 480;
    private const double Left = 70;
    private const double Right = 330;
    private const double Top = 40;
    private const double Bottom = 60;

    private static readonly string[] Colours = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b"];

    public static string Draw(IReadOnlyList<WideResult> results)
    {
        var points = results.SelectMany(result => result.Points).ToList();
        var (low, high) = (Math.Log10(points.Min(point => point.Windows)), Math.Log10(points.Max(point => point.Windows)));
        var most = points.Max(point => point.CpuMicroseconds) * 1.1;
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height}" font-family="sans-serif" font-size="12">""");
        Add(svg, $"""<rect width="{Width}" height="{Height}" fill="white"/>""");
        Add(svg, $"""<text x="{Left}" y="20" font-size="14">CPU microseconds per record over the number of open windows</text>""");
        for (var i = 0; i <= 5; i++)
        {
            var y = Height - Bottom - ((Height - Top - Bottom) * i / 5);
            Add(svg, $"""<line x1="{Left}" y1="{y}" x2="{Width - Right}" y2="{y}" stroke="#ddd"/><text x="{Left - 8}" y="{y + 4}" text-anchor="end">{most * i / 5:0.0}</text>""");
        }

        foreach (var windows in points.Select(point => point.Windows).Distinct().Order())
        {
            Add(svg, $"""<text x="{X(windows)}" y="{Height - Bottom + 20}" text-anchor="middle">{Short(windows)}</text>""");
        }

        for (var i = 0; i < results.Count; i++)
        {
            var (result, colour) = (results[i], Colours[i % Colours.Length]);
            var line = string.Join(' ', result.Points.Select(point => Report.Invariant($"{X(point.Windows):0.0},{Y(point.CpuMicroseconds):0.0}")));
            Add(svg, $"""<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>""");
            foreach (var point in result.Points)
            {
                Add(svg, $"""<circle cx="{X(point.Windows):0.0}" cy="{Y(point.CpuMicroseconds):0.0}" r="3" fill="{colour}"/>""");
            }

            Add(svg, $"""<text x="{Width - Right + 15}" y="{Top + 20 + (i * 20)}" fill="{colour}">{result.Name} (per {result.Unit})</text>""");
        }

        Add(svg, $"""<text x="{Left}" y="{Height - 15}">open windows</text>""");
        return svg.Append("</svg>\n").ToString();

        double X(int windows) => Left + ((Width - Left - Right) * (Math.Log10(windows) - low) / Math.Max(high - low, 1e-9));

        double Y(double cost) => Height - Bottom - ((Height - Top - Bottom) * cost / most);
    }

    private static string Short(int windows) => windows >= 1_000_000
        ? Report.Invariant($"{windows / 1e6:0.#} M")
        : windows >= 1_000 ? Report.Invariant($"{windows / 1e3:0.#} k") : windows.ToString(CultureInfo.InvariantCulture);

    private static void Add(StringBuilder svg, FormattableString line) => svg.Append(Report.Invariant(line)).Append('\n');
}
