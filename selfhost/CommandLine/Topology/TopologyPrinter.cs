using KafkaFunctions.SelfHost.Topology;

namespace KafkaFunctions.SelfHost.CommandLine.Topology;

/// <summary>Prints a topology, or writes it into files.</summary>
/// <param name="Format">How it is printed.</param>
/// <param name="Files">Files to write it into, in place of printing it.</param>
/// <param name="IsStrict">Whether a warning is a failure.</param>
internal sealed record TopologyPrinter(TopologyFormat Format, IReadOnlyList<string> Files, bool IsStrict)
{
    public async Task<int> RunAsync(TopologyGraph graph, CommandConsole console, CancellationToken cancellationToken)
    {
        var warnings = TopologyChecks.Run(graph);
        if (Files.Count > 0)
        {
            await UpdateAsync(graph, console, cancellationToken);
        }
        else
        {
            Write(console.Output, graph, Format, warnings);
        }

        if (Format != TopologyFormat.Json)
        {
            foreach (var warning in warnings)
            {
                await console.Error.WriteLineAsync($"warning: {warning.Message} [{warning.Code}]");
            }
        }

        return IsStrict && warnings.Count > 0 ? ExitStatus.Failed : ExitStatus.Done;
    }

    private static async Task UpdateAsync(TopologyGraph graph, CommandConsole console, string file, CancellationToken cancellationToken)
    {
        var isChanged = await MarkedFile.UpdateAsync(file, format => Render(graph, format), cancellationToken);
        await console.Error.WriteLineAsync(isChanged ? $"{file}: updated." : $"{file}: up to date.");
    }

    private async Task UpdateAsync(TopologyGraph graph, CommandConsole console, CancellationToken cancellationToken)
    {
        foreach (var file in Files)
        {
            await UpdateAsync(graph, console, file, cancellationToken);
        }
    }

    private static string Render(TopologyGraph graph, TopologyFormat format)
    {
        using var text = new StringWriter();
        Write(text, graph, format, []);
        return text.ToString();
    }

    private static void Write(TextWriter output, TopologyGraph graph, TopologyFormat format, IReadOnlyList<TopologyWarning> warnings)
    {
        switch (format)
        {
            case TopologyFormat.Mermaid:
                TopologyMermaid.Write(output, graph);
                break;
            case TopologyFormat.Markdown:
                TopologyMarkdown.Write(output, graph);
                break;
            case TopologyFormat.Json:
                TopologyJson.Write(output, graph, warnings);
                break;
            default:
                TopologyText.Write(output, graph);
                break;
        }
    }
}
