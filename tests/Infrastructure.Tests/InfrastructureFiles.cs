namespace KafkaFunctions.Infrastructure.Tests;

/// <summary>The files that the tests are about.</summary>
internal static class InfrastructureFiles
{
    /// <summary>The folder of the templates.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "infra-bicep");

    /// <summary>Parameter files that are as good as the shipped ones, for switches that those leave alone.</summary>
    public static string Variants { get; } = Path.Combine(Repository.Root, "tests", "Infrastructure.Tests", "Variants");

    /// <summary>All templates, relative to <see cref="Repository.Root"/>.</summary>
    public static string[] Templates { get; } = Files(Folder, "*.bicep");

    /// <summary>All parameter files that have a snapshot, relative to <see cref="Repository.Root"/>.</summary>
    public static string[] Parameters { get; } = [.. Files(Folder, "*.bicepparam"), .. Files(Variants, "*.bicepparam")];

    private static string[] Files(string folder, string pattern) =>
    [
        .. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
