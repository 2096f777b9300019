using System.Reflection;

namespace KafkaFunctions.EndToEnd.Tests.Harness;

/// <summary>Where the programs are that were built with the tests.</summary>
internal static class BuiltApp
{
    private const string RootMarker = "KafkaFunctions.sln";

    /// <summary>The repository.</summary>
    public static readonly string Root = FindRoot();

    private static readonly string Configuration =
        typeof(BuiltApp).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>The app.</summary>
    public static string Main { get; } = Find("functions", "KafkaFunctions.App");

    /// <summary>An app with a function that has two triggers.</summary>
    public static string TwoTriggers { get; } = Find("tests/EndToEnd.Tests/Apps/TwoTriggers", "KafkaFunctions.TwoTriggers");

    /// <summary>An app whose functions keep state.</summary>
    public static string Counting { get; } = Find("tests/EndToEnd.Tests/Apps/Counting", "KafkaFunctions.Counting");

    private static string Find(string project, string assembly) =>
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

        throw new InvalidOperationException($"{RootMarker} is in no folder above {AppContext.BaseDirectory}.");
    }
}
