using k8s;
using k8s.Models;

namespace KafkaFunctions.Deploy.Tests.Kubernetes;

/// <summary>The files of <c>deploy/kubernetes</c>.</summary>
internal static class Manifests
{
    public const string Folder = "deploy/kubernetes";

    /// <summary>Kinds that Kubernetes itself has no types of.</summary>
    private static readonly string[] Foreign = ["kustomize.config.k8s.io/", "keda.sh/", "monitoring.coreos.com/"];

    public static V1Deployment Deployment => Only<V1Deployment>("overlays/kafka/deployment.yaml");

    public static V1StatefulSet StatefulSet => Only<V1StatefulSet>("overlays/embedded/statefulset.yaml");

    /// <summary>Every YAML file, by its path from <see cref="Folder"/>.</summary>
    public static string[] Files { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryFiles.Full(Folder), "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryFiles.Full(Folder), file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether Kubernetes has types of what is in the file.</summary>
    public static bool IsOfKubernetes(string file) =>
        !Foreign.Any(Yaml.Document(Path.Combine(Folder, file)).Text("apiVersion").StartsWith);

    /// <summary>What is in a file, as Kubernetes reads it; a name that it does not know fails.</summary>
    public static List<object> Load(string file) => KubernetesYaml.LoadAllFromString(RepositoryFiles.Read(Path.Combine(Folder, file)), null, strict: true);

    /// <summary>The one object of a file.</summary>
    public static T Only<T>(string file) => Assert.IsType<T>(Assert.Single(Load(file)));

    /// <summary>The settings of an overlay.</summary>
    public static Dictionary<string, string> Settings(string overlay) => RepositoryFiles.Read($"{Folder}/overlays/{overlay}/settings.env")
        .Split('\n')
        .Where(line => line.Length > 0 && !line.StartsWith('#'))
        .Select(line => line.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1]);
}
