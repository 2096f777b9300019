using YamlDotNet.RepresentationModel;

namespace KafkaFunctions.Supply.Tests;

public sealed class DependabotTests
{
    /// <summary>What each kind of update looks for, and in which files.</summary>
    private static readonly (string Ecosystem, string Pattern)[] Kinds =
    [
        ("nuget", "*.csproj"),
        ("dotnet-sdk", "global.json"),
        ("docker", "Dockerfile"),
        ("docker-compose", "*compose*.y*ml"),
        ("github-actions", ".github/workflows/*.yml"),
        ("npm", "package.json"),
    ];

    private static readonly string Root = Repository.Find().Root;
    private static readonly (string Ecosystem, string Folder)[] Updates = [.. Read()];

    [Fact]
    public void Updates_AreOfFoldersThatHaveSuchFiles() =>
        Assert.All(Updates, update =>
        {
            var (_, pattern) = Assert.Single(Kinds, kind => kind.Ecosystem == update.Ecosystem);
            Assert.True(FilesOf(pattern).Any(file => Covers(update.Folder, file)), $"{update.Ecosystem}: there is no {pattern} in '{update.Folder}'.");
        });

    [Fact]
    public void Files_AreAllKeptUpToDate() =>
        Assert.All(Kinds, kind => Assert.All(FilesOf(kind.Pattern), file => Assert.True(
            Updates.Any(update => update.Ecosystem == kind.Ecosystem && Covers(update.Folder, file)),
            $"Enter {file} in .github/dependabot.yml, under {kind.Ecosystem}.")));

    /// <summary>Projects are found below their folder, workflows below the root; other files are looked for in the folder alone.</summary>
    private static bool Covers(string folder, string file)
    {
        var own = "/" + Path.GetDirectoryName(file)!.Replace('\\', '/');
        return own == folder || (folder == "/" && (file.EndsWith(".csproj", StringComparison.Ordinal) || own == "/.github/workflows"));
    }

    private static IEnumerable<string> FilesOf(string pattern)
    {
        var folder = Path.Combine(Root, Path.GetDirectoryName(pattern)!);
        return !Directory.Exists(folder)
            ? []
            : Directory.EnumerateFiles(folder, Path.GetFileName(pattern), SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file))
                .Where(file => !file.Split(Path.DirectorySeparatorChar)[..^1].Any(IsGenerated));
    }

    private static bool IsGenerated(string folder) => folder is "bin" or "obj" or "node_modules" or "artifacts" || (folder.StartsWith('.') && folder != ".github");

    private static IEnumerable<(string, string)> Read()
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Root, ".github", "dependabot.yml"));
        stream.Load(reader);
        foreach (var update in (YamlSequenceNode)((YamlMappingNode)stream.Documents[0].RootNode)["updates"])
        {
            var ecosystem = ((YamlScalarNode)update["package-ecosystem"]).Value!;
            var folders = ((YamlMappingNode)update).Children.TryGetValue("directories", out var many) ? (YamlSequenceNode)many : [update["directory"]];
            foreach (var folder in folders.Children)
            {
                yield return (ecosystem, ((YamlScalarNode)folder).Value!);
            }
        }
    }
}
