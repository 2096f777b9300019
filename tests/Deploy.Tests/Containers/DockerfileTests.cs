using System.Text.RegularExpressions;
using System.Xml.Linq;
using KafkaFunctions.SelfHost.Http;

namespace KafkaFunctions.Deploy.Tests.Containers;

public sealed partial class DockerfileTests
{
    /// <summary>The user of Microsoft's images, and of the manifests.</summary>
    public const string User = "1654";

    [Fact]
    public void BaseImages_AreArgumentsWithATag()
    {
        var defaults = DockerfileInstructions.Of("ARG").Where(argument => argument.Contains("_IMAGE=", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, defaults.Length);
        Assert.All(defaults, argument => Assert.Matches(@"^\w+=[\w./-]+:\d[\w.-]*$", argument));
        Assert.All(DockerfileInstructions.Of("FROM"), from => Assert.Matches(@"\$\{\w+_IMAGE\}", from));
    }

    [Fact]
    public void BaseImages_AreOfTheFrameworkThatTheAppIsBuiltFor()
    {
        var framework = Property("TargetFramework").Replace("net", "", StringComparison.Ordinal);

        Assert.All(
            DockerfileInstructions.Of("ARG").Where(argument => argument.Contains("_IMAGE=", StringComparison.Ordinal)),
            argument => Assert.Contains($":{framework}-", argument, StringComparison.Ordinal));
    }

    [Fact]
    public void Build_RestoresFromTheLockFilesAlone() =>
        Assert.Contains(DockerfileInstructions.Of("RUN"), run => run.StartsWith("dotnet restore ", StringComparison.Ordinal) && run.Contains("--locked-mode", StringComparison.Ordinal));

    [Fact]
    public void Build_NamesProjectsThatAreThere()
    {
        var projects = DockerfileInstructions.Of("RUN").Select(run => Project().Match(run)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Single(Directory.GetFiles(RepositoryFiles.Full(project), "*.csproj")));
    }

    [Fact]
    public void Image_RunsTheApp()
    {
        var assembly = XDocument.Load(RepositoryFiles.Full("functions/functions.csproj")).Descendants("AssemblyName").Single().Value;

        Assert.Equal([$"[\"./{assembly}\"]"], DockerfileInstructions.OfImage("ENTRYPOINT"));
        Assert.Contains($"\"./{assembly}\", \"health\"", Assert.Single(DockerfileInstructions.OfImage("HEALTHCHECK")), StringComparison.Ordinal);
    }

    [Fact]
    public void Image_IsNotRootAndOwnsItsData()
    {
        Assert.Equal([User], DockerfileInstructions.OfImage("USER"));
        var data = Assert.Single(DockerfileInstructions.OfImage("VOLUME"));
        Assert.Contains($"--from=build --chown={User}:{User} {data} {data}", DockerfileInstructions.OfImage("COPY"));
        Assert.Contains($"DataDirectory={data}", Environment());
    }

    [Fact]
    public void Image_ExposesThePortOfTheHost() =>
        Assert.Equal([ListenAddress.DefaultPort.ToString(System.Globalization.CultureInfo.InvariantCulture)], DockerfileInstructions.OfImage("EXPOSE"));

    [Fact]
    public void Image_SetsOnlySettingsThatAreRead() =>
        Assert.All(Environment().Select(pair => pair.Split('=')[0]), name => Assert.True(App.Reads(name), $"Nothing reads the setting '{name}'."));

    [Fact]
    public void Image_HasTheVersionOfTheBuild() => Assert.Contains($"VERSION={Property("Version")}", DockerfileInstructions.OfImage("ARG"));

    [Fact]
    public void Context_HasWhatTheAppIsBuiltFrom()
    {
        var context = RepositoryFiles.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToArray();

        Assert.All(context, path => Assert.True(Path.Exists(RepositoryFiles.Full(path)), $".dockerignore names '{path}', which is not there."));
        Assert.All(
            ProjectsOf("functions/functions.csproj").Append("Directory.Build.props").Append("Directory.Packages.props").Append("global.json").Append(".editorconfig"),
            path => Assert.True(context.Any(part => path == part || path.StartsWith(part + "/", StringComparison.Ordinal)), $"{path} is not in the context: add it to .dockerignore."));
    }

    private static string[] Environment() => Assert.Single(DockerfileInstructions.OfImage("ENV")).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string Property(string name) => XDocument.Load(RepositoryFiles.Full("Directory.Build.props")).Descendants(name).First().Value;

    /// <summary>A project and those that it references, one by one or over others.</summary>
    private static HashSet<string> ProjectsOf(string project)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>([project]);
        while (open.TryPop(out var next))
        {
            if (found.Add(next))
            {
                foreach (var reference in XDocument.Load(RepositoryFiles.Full(next)).Descendants("ProjectReference"))
                {
                    var file = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(RepositoryFiles.Full(next))!, reference.Attribute("Include")!.Value));
                    open.Push(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));
                }
            }
        }

        return found;
    }

    [GeneratedRegex(@"^dotnet (?:restore|publish) (\S+)")]
    private static partial Regex Project();
}
