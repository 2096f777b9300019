using System.Text;
using System.Text.RegularExpressions;

namespace KafkaFunctions.SelfHost.CommandLine.Topology;

/// <summary>A text file with places that the topology is written into: what is between <c>&lt;!-- topology: FORMAT --&gt;</c> and
/// <c>&lt;!-- /topology --&gt;</c>.</summary>
internal static partial class MarkedFile
{
    public const string Begin = "<!-- topology: mermaid -->";

    public const string End = "<!-- /topology -->";

    /// <summary>Writes anew what is between the marks. The file is written only where that changes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="render">Gives the text for a format, with a line's end behind it.</param>
    /// <param name="cancellationToken">Stops reading and writing.</param>
    /// <returns>Whether the file was changed.</returns>
    /// <exception cref="SelfHostException">The file is not there, or has no marks, or wrong ones.</exception>
    public static async Task<bool> UpdateAsync(string path, Func<TopologyFormat, string> render, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(path, cancellationToken);
        var lineEnd = before.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var begins = BeginMark().Count(before);
        if (begins == 0 || begins != EndMark().Count(before) || begins != Block().Count(before))
        {
            throw new SelfHostException($"{path} has {begins} lines '{Begin}' and {EndMark().Count(before)} lines '{End}': there must be at least one pair of them, each on a line of its own.");
        }

        var after = Block().Replace(before, block => $"{block.Groups["begin"].Value}{lineEnd}{Text(path, block.Groups["format"].Value, render).ReplaceLineEndings(lineEnd)}{End}");
        if (after == before)
        {
            return false;
        }

        await File.WriteAllTextAsync(path, after, new UTF8Encoding(before.StartsWith('\uFEFF')), cancellationToken);
        return true;
    }

    private static string Text(string path, string format, Func<TopologyFormat, string> render) => format.ToUpperInvariant() switch
    {
        "MERMAID" => $"```mermaid\n{render(TopologyFormat.Mermaid)}```\n",
        "MARKDOWN" => $"\n{render(TopologyFormat.Markdown)}\n",
        "TEXT" => $"```\n{render(TopologyFormat.Text)}```\n",
        _ => throw new SelfHostException($"{path} has a mark for the format '{format}'. Use mermaid, markdown or text."),
    };

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new SelfHostException($"{path} cannot be read: {denied.Message}", denied);
        }
    }

    [GeneratedRegex(@"^<!-- topology: *(?<format>\S+) *-->\r?$", RegexOptions.Multiline)]
    private static partial Regex BeginMark();

    [GeneratedRegex(@"^<!-- /topology -->\r?$", RegexOptions.Multiline)]
    private static partial Regex EndMark();

    [GeneratedRegex(@"^(?<begin><!-- topology: *(?<format>\S+) *-->)\r?\n((?!<!-- topology:).*\n)*?<!-- /topology -->", RegexOptions.Multiline)]
    private static partial Regex Block();
}
