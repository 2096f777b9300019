using System.Reflection;

namespace KafkaFunctions.Bench.Runs;

/// <summary>Where the repository and its built programs are.</summary>
internal static class Repository
{
    private const string RootMarker = "KafkaFunctions.sln";

    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Configuration that this program was built in; what it starts was built in the same.</summary>
    private static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";

    /// <summary>A program of the repository.</summary>
    /// <param name="project">Folder of its project, from the root.</param>
    /// <param name="assembly">Its assembly's name.</param>
    public static string Program(string project, string assembly) =>
        Path.Combine(Root, project, "bin", Configuration, "net10.0", assembly + ".dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
            {
                return folder.FullName;
            }
        }

        throw new RunFailedException($"{RootMarker} is in no folder above {AppContext.BaseDirectory}: run the program from where it was built.");
    }
}
