namespace KafkaFunctions.Deploy.Tests;

/// <summary>Files of the repository that this test lies in.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Full(path)).ReplaceLineEndings("\n");

    public static string Full(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "KafkaFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no KafkaFunctions.sln above {AppContext.BaseDirectory}.");
    }
}
