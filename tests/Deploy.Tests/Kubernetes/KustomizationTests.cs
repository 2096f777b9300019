using YamlDotNet.RepresentationModel;

namespace KafkaFunctions.Deploy.Tests.Kubernetes;

public sealed class KustomizationTests
{
    private const string FileName = "kustomization.yaml";

    public static TheoryData<string> Kustomizations => [.. Manifests.Files.Where(file => Path.GetFileName(file) == FileName)];

    public static TheoryData<string> OfKubernetes => [.. Manifests.Files.Where(Manifests.IsOfKubernetes)];

    [Theory]
    [MemberData(nameof(OfKubernetes))]
    public void File_IsReadByKubernetes(string file) => Assert.NotEmpty(Manifests.Load(file));

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public void Kustomization_NamesWhatIsThere(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var document = Yaml.Document(Path.Combine(Manifests.Folder, file));
        var named = document.List("resources").Concat(document.List("components")).Select(entry => entry.ToString())
            .Concat(document.List("configMapGenerator").SelectMany(generator => generator.List("envs")).Select(entry => entry.ToString()));

        Assert.All(named, path => Assert.True(
            Path.Exists(RepositoryFiles.Full(Path.Combine(Manifests.Folder, folder, path))),
            $"{file} names '{path}', which is not there."));
    }

    [Fact]
    public void Files_AreAllNamedByAKustomization()
    {
        var named = Kustomizations.SelectMany(row => Resources(row.Data)).ToHashSet();

        Assert.All(Manifests.Files.Where(file => Path.GetFileName(file) != FileName), file => Assert.Contains(file, named));
    }

    private static IEnumerable<string> Resources(string kustomization) =>
        Yaml.Document(Path.Combine(Manifests.Folder, kustomization)).List("resources").OfType<YamlScalarNode>()
            .Select(resource => Path.Combine(Path.GetDirectoryName(kustomization)!, resource.Value!).Replace('\\', '/'));
}
