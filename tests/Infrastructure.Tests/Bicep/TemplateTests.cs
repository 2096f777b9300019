namespace KafkaFunctions.Infrastructure.Tests.Bicep;

public sealed class TemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kafkafunctions-bicep-").FullName;

    public static TheoryData<string> Templates => [.. InfrastructureFiles.Templates];

    public static TheoryData<string> Parameters => [.. InfrastructureFiles.Parameters];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Main_Built_IsATemplate()
    {
        var result = await BicepCli.RunAsync("build", "infra-bicep/main.bicep", "--stdout", "--no-restore");

        Assert.Empty(result.Complaints);
        Assert.Equal(0, result.Status);
        Assert.Contains("deploymentTemplate.json", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_Linted_HaveNoComplaint()
    {
        var result = await BicepCli.RunAsync("lint", "--pattern", "infra-bicep/**/*.bicep", "--no-restore");

        Assert.Empty(result.Complaints);
        Assert.Equal(0, result.Status);
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task Parameters_Linted_HaveNoComplaint(string parameters)
    {
        var result = await BicepCli.RunAsync("lint", parameters, "--no-restore");

        Assert.Empty(result.Complaints);
        Assert.Equal(0, result.Status);
    }

    [Fact]
    public async Task Files_Formatted_AreAsTheyWere()
    {
        // The command writes, so it is given copies.
        string[] files = [.. InfrastructureFiles.Templates, .. InfrastructureFiles.Parameters];
        foreach (var file in files)
        {
            var copy = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }

        foreach (var extension in new[] { "bicep", "bicepparam" })
        {
            var result = await BicepCli.RunAsync("format", "--pattern", $"{_folder}/**/*.{extension}", "--config", "infra-bicep/bicepconfig.json");
            Assert.True(result.Status == 0, result.Error);
        }

        Assert.All(files, file => Assert.True(
            File.ReadAllText(Path.Combine(Repository.Root, file)) == File.ReadAllText(Path.Combine(_folder, file)),
            $"{file} is not formatted. Run: bicep format {file} --config infra-bicep/bicepconfig.json"));
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Template_NeedsNothingFromTheNetwork(string template)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, template), TestContext.Current.CancellationToken);

        Assert.All(
            ["'br:", "'br/", "'ts:", "'ts/", "\nextension ", "\nprovider "],
            reference => Assert.DoesNotContain(reference, text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Parameters_AreDescribed_AndSayWhetherTheyAreNeeded(string template)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, template), TestContext.Current.CancellationToken);

        Assert.All(Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("param ", StringComparison.Ordinal)), i => Assert.Contains(
            DecoratorsOf(lines, i),
            decorator => decorator.StartsWith("@description('Required. ", StringComparison.Ordinal) || decorator.StartsWith("@description('Optional. ", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> DecoratorsOf(string[] lines, int declaration) =>
        lines.Take(declaration).Reverse().TakeWhile(line => line.Length > 0 && !line.StartsWith("param ", StringComparison.Ordinal));
}
