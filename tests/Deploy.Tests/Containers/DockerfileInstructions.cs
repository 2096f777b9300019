using System.Text.RegularExpressions;

namespace KafkaFunctions.Deploy.Tests.Containers;

/// <summary>The Dockerfile by instructions: comments left out, continued lines joined.</summary>
internal static partial class DockerfileInstructions
{
    public static (string Name, string Arguments)[] All { get; } = Read();

    /// <summary>The arguments of the instructions of one name.</summary>
    public static string[] Of(string name) => [.. All.Where(instruction => instruction.Name == name).Select(instruction => instruction.Arguments)];

    /// <summary>Those of the stage that becomes the image.</summary>
    public static string[] OfImage(string name) =>
        [.. All.Skip(Array.FindLastIndex(All, instruction => instruction.Name == "FROM")).Where(instruction => instruction.Name == name).Select(instruction => instruction.Arguments)];

    private static (string, string)[] Read()
    {
        var lines = string.Join('\n', RepositoryFiles.Read("Dockerfile").Split('\n').Where(line => !line.StartsWith('#')));
        return
        [
            .. from line in Continuation().Replace(lines, " ").Split('\n')
               where line.Length > 0
               let parts = line.Split(' ', 2)
               select (parts[0], parts[1].Trim()),
        ];
    }

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continuation();
}
