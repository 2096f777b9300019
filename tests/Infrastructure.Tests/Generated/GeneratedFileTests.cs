namespace KafkaFunctions.Infrastructure.Tests.Generated;

public sealed class GeneratedFileTests
{
    public static TheoryData<string> Names => [.. GeneratedFile.All.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void File_IsWhatTheCodeSays(string name)
    {
        var file = GeneratedFile.All.Single(file => file.Name == name);
        var committed = File.Exists(file.FullPath) ? File.ReadAllText(file.FullPath) : "";
        var lines = committed.Split('\n');
        var written = file.Write();
        var missing = written.Split('\n').Except(lines).ToList();
        var left = lines.Except(written.Split('\n')).ToList();

        Assert.True(
            committed == written,
            $"infra-bicep/generated/{name} is not what the code says.\nOnly in the code:\n  {string.Join("\n  ", missing)}\nOnly in the template:\n  {string.Join("\n  ", left)}\n{Refresh.HowTo}");
    }
}
