using System.Runtime.CompilerServices;

namespace KafkaFunctions.TestSupport;

/// <summary>The repository that the tests were built in.</summary>
internal static class Repository
{
    private const string RootMarker = "KafkaFunctions.sln";

    /// <summary>Its root.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string file = "")
    {
        // Builds that map source paths say another one: the assembly's own folder is inside the repository, too.
        var start = File.Exists(file) ? Path.GetDirectoryName(file)! : AppContext.BaseDirectory;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"{RootMarker} is in no folder above {start}.");
    }
}
