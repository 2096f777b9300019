using System.Text.RegularExpressions;

namespace KafkaFunctions.Supply.Tests;

/// <summary>Workflows run with the rights of the repository: what they use is what somebody looked at.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(Repository.Find().Root, ".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file))];

    /// <summary>A tag can be moved to other code, a commit cannot. Dependabot keeps commit and comment together.</summary>
    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_AreCommits_WithTheirVersionBeside(string workflow)
    {
        var used = Uses().Matches(Read(workflow)).Select(match => match.Value).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, action => Assert.Matches(@"^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", action));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Workflow_MayReadAlone_WhereAJobDoesNotSayMore(string workflow) =>
        Assert.Contains("\npermissions:\n  contents: read\n\n", Read(workflow), StringComparison.Ordinal);

    private static string Read(string workflow) =>
        File.ReadAllText(Path.Combine(Folder, workflow)).ReplaceLineEndings("\n");

    [GeneratedRegex("uses: .*")]
    private static partial Regex Uses();
}
