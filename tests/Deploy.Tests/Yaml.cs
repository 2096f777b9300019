using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace KafkaFunctions.Deploy.Tests;

/// <summary>Reads YAML as it is written.</summary>
internal static class Yaml
{
    /// <summary>The documents of a file of the repository.</summary>
    public static YamlNode[] Documents(string path)
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(RepositoryFiles.Full(path));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The only document of a file.</summary>
    public static YamlNode Document(string path) => Assert.Single(Documents(path));

    /// <summary>What is at a path of names and indexes; null: nothing.</summary>
    public static YamlNode? Find(this YamlNode node, params string[] path)
    {
        var found = node;
        foreach (var step in path)
        {
            found = found switch
            {
                YamlMappingNode map when map.Children.TryGetValue(new YamlScalarNode(step), out var child) => child,
                YamlSequenceNode list when int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < list.Children.Count => list.Children[index],
                _ => null,
            };
            if (found is null)
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>The text at a path; fails where there is none.</summary>
    public static string Text(this YamlNode node, params string[] path) =>
        Assert.IsType<YamlScalarNode>(node.Find(path)).Value!;

    /// <summary>The entries of a list at a path; none where there is no list.</summary>
    public static IEnumerable<YamlNode> List(this YamlNode node, params string[] path) =>
        (node.Find(path) as YamlSequenceNode)?.Children ?? [];

    /// <summary>The names at a path; none where there is nothing.</summary>
    public static IEnumerable<string> Names(this YamlNode node, params string[] path) =>
        (node.Find(path) as YamlMappingNode)?.Children.Keys.Select(key => ((YamlScalarNode)key).Value!) ?? [];
}
