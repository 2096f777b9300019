using YamlDotNet.RepresentationModel;

namespace KafkaFunctions.Monitoring.Tests.Files;

/// <summary>Reads YAML without a type for each file.</summary>
internal static class Yaml
{
    public static YamlNode Read(string path)
    {
        using var reader = File.OpenText(path);
        var stream = new YamlStream();
        stream.Load(reader);
        return stream.Documents.Single().RootNode;
    }

    /// <summary>The member at a path of names; null where one is missing.</summary>
    public static YamlNode? At(this YamlNode node, params string[] names)
    {
        YamlNode? at = node;
        foreach (var name in names)
        {
            at = at is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out var member) ? member : null;
        }

        return at;
    }

    /// <summary>A member's text; empty where it is missing.</summary>
    public static string Text(this YamlNode node, params string[] names) => (node.At(names) as YamlScalarNode)?.Value ?? "";

    /// <summary>The elements of a list, none where it is missing.</summary>
    public static IReadOnlyList<YamlNode> Items(this YamlNode node, params string[] names) => node.At(names) is YamlSequenceNode list ? [.. list.Children] : [];

    /// <summary>Names and texts of a mapping, none where it is missing.</summary>
    public static IReadOnlyDictionary<string, string> Texts(this YamlNode node, params string[] names) => node.At(names) is YamlMappingNode map
        ? map.Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value ?? "", entry => (entry.Value as YamlScalarNode)?.Value ?? "")
        : [];
}
