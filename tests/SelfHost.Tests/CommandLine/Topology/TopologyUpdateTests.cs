namespace KafkaFunctions.SelfHost.Tests.CommandLine.Topology;

public sealed class TopologyUpdateTests : IDisposable
{
    private const string Marked = "# App\n\n<!-- topology: mermaid -->\nold\n<!-- /topology -->\n\nBetween.\n\n<!-- topology: markdown -->\n<!-- /topology -->\nEnd.\n";

    private readonly TestFolder _folder = new();
    private readonly TopologySession _session = new(typeof(TopologySamples.Chain));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Update_MarkedFile_ReplacesWhatIsBetweenTheMarks()
    {
        var file = Write(Marked);

        Assert.Equal(0, await _session.RunAsync("--update", file));

        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.StartsWith("# App\n\n<!-- topology: mermaid -->\n```mermaid\nflowchart LR\n", text, StringComparison.Ordinal);
        Assert.Contains("```\n<!-- /topology -->\n\nBetween.\n\n<!-- topology: markdown -->\n\n| Function |", text, StringComparison.Ordinal);
        Assert.EndsWith("|\n\n<!-- /topology -->\nEnd.\n", text, StringComparison.Ordinal);
        Assert.Empty(_session.Output);
        Assert.Equal($"{file}: updated.", _session.Error.Trim());
    }

    [Fact]
    public async Task Update_Twice_ChangesNothingMore()
    {
        var file = Write(Marked);
        await _session.RunAsync("--update", file);
        var once = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        Assert.Equal(0, await _session.RunAsync("--update", file));

        Assert.Equal(once, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.EndsWith($"{file}: up to date.", _session.Error.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_FileWithWindowsLineEnds_KeepsThem()
    {
        var file = Write(Marked.ReplaceLineEndings("\r\n"));

        Assert.Equal(0, await _session.RunAsync("--update", file));

        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(text.ReplaceLineEndings("\r\n"), text);
        Assert.Contains("flowchart LR\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no marks\n", "has 0 lines '<!-- topology: mermaid -->'")]
    [InlineData("<!-- topology: mermaid -->\nopen\n", "1 lines '<!-- topology: mermaid -->' and 0 lines '<!-- /topology -->'")]
    [InlineData("<!-- /topology -->\n<!-- topology: text -->\n", "there must be at least one pair of them")]
    [InlineData("<!-- topology: dot -->\n<!-- /topology -->\n", "a mark for the format 'dot'. Use mermaid, markdown or text.")]
    public async Task Update_WrongMarks_LeavesTheFileAndSaysSo(string text, string expected)
    {
        var file = Write(text);

        Assert.Equal(1, await _session.RunAsync("--update", file));

        Assert.Contains(expected, _session.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Update_MissingFile_IsAnError()
    {
        Assert.Equal(1, await _session.RunAsync("--update", Path.Combine(_folder.Path, "none.md")));

        Assert.StartsWith("error: ", _session.Error, StringComparison.Ordinal);
        Assert.Contains("none.md", _session.Error, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.Path, "README.md");
        File.WriteAllText(file, text);
        return file;
    }
}
