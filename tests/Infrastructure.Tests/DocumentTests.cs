using System.Text.RegularExpressions;

namespace KafkaFunctions.Infrastructure.Tests;

/// <summary>What pages and workflows tell people to run is there.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents => ["docs/deploy-azure.md", "docs/functions-host.md", "infra-bicep/README.md", ".github/workflows/deploy.yml"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Files_ThatAreNamed_AreThere(string document)
    {
        var named = Files().Matches(Read(document)).Select(match => match.Value.TrimEnd('.')).Where(file => !file.Contains('$', StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

        Assert.All(named, file => Assert.True(Path.Exists(Path.Combine(Repository.Root, file)), file));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Outputs_ThatAreRead_AreMade(string document)
    {
        var made = Outputs().Matches(Read("infra-bicep/main.bicep")).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.All(ReadOutputs().Matches(Read(document)), match => Assert.Contains(match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value, made));
    }

    [Fact]
    public void AzdFile_NamesWhatIsThere()
    {
        var file = Read("azure.yaml");

        Assert.Contains("\n  path: infra-bicep\n  module: azd\n", file, StringComparison.Ordinal);
        Assert.Contains("infra-bicep/azd.bicepparam", InfrastructureFiles.Parameters);
        Assert.Contains("\n  functions:\n    project: functions\n", file, StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': 'functions'", Read("infra-bicep/main.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void Workflow_HasTheBicep_ThatTheTestsHave()
    {
        var version = BicepVersion().Match(Read("tests/Infrastructure.Tests/KafkaFunctions.Infrastructure.Tests.csproj")).Groups[1].Value;

        var installed = InstalledBicep().Matches(Read(".github/workflows/deploy.yml")).Select(match => match.Groups[1].Value).Distinct();

        Assert.Equal([version], installed);
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file)).Replace("\r\n", "\n", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w/-])(?:infra-bicep|docs|tests|functions|\.github)/[\w./$-]*\w")]
    private static partial Regex Files();

    [GeneratedRegex(@"<BicepVersion>([\d.]+)<")]
    private static partial Regex BicepVersion();

    [GeneratedRegex(@"az bicep install --version v([\d.]+)")]
    private static partial Regex InstalledBicep();

    [GeneratedRegex(@"^output (\w+) ", RegexOptions.Multiline)]
    private static partial Regex Outputs();

    [GeneratedRegex(@"\.(\w+)\.value|azd env get-value (\w+)")]
    private static partial Regex ReadOutputs();
}
