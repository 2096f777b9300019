namespace KafkaFunctions.Deploy.Tests;

/// <summary>Files of the repository that this test lies in.</summary>
internal static class RepositoryFiles
{
    public static string Read(string path) => File.ReadAllText(Full(path)).ReplaceLineEndings("\n");

    public static string Full(string path) => Path.Combine(Repository.Root, path);
}
