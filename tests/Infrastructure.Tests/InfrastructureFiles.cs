namespace KafkaFunctions.Infrastructure.Tests;

/// <summary>The files that the tests are about.</summary>
internal static class Repository
{
    private const string RootMarker = "KafkaFunctions.sln";

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the templates.</summary>
    public static string Infrastructure { get; } = Path.Combine(Root, "infra-bicep");

    /// <summary>Parameter files that are as good as the shipped ones, for switches that those leave alone.</summary>
    public static string Variants { get; } = Path.Combine(Root, "tests", "Infrastructure.Tests", "Variants");

    /// <summary>All templates, relative to <see cref="Root"/>.</summary>
    public static string[] Templates { get; } = Files(Infrastructure, "*.bicep");

    /// <summary>All parameter files that have a snapshot, relative to <see cref="Root"/>.</summary>
    public static string[] Parameters { get; } = [.. Files(Infrastructure, "*.bicepparam"), .. Files(Variants, "*.bicepparam")];

    private static string[] Files(string folder, string pattern) =>
    [
        .. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

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
