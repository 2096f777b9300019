using System.Text.Json;

namespace KafkaFunctions.Supply.Packages;

/// <summary>Reads the lock files.</summary>
internal static class PackageLocks
{
    /// <summary>Name of a project's lock file.</summary>
    public const string FileName = "packages.lock.json";

    /// <summary>What the app is published with.</summary>
    public static SortedSet<LockedPackage> OfApp(string root) => [.. HashesOfApp(root).Keys];

    /// <summary>What the app is published with, and the hash of each package's content (SHA-512, base64).</summary>
    public static Dictionary<LockedPackage, string> HashesOfApp(string root) => Read(Path.Combine(root, Repository.App, FileName));

    /// <summary>What any project is built or tested with.</summary>
    public static SortedSet<LockedPackage> OfAll(string root) => [.. Files(root).SelectMany(file => Read(file).Keys)];

    /// <summary>Every lock file of the repository.</summary>
    public static IEnumerable<string> Files(string root) => Directory.EnumerateDirectories(root)
        .Where(folder => Path.GetFileName(folder) is not (['.', ..] or "artifacts"))
        .SelectMany(folder => Directory.EnumerateFiles(folder, FileName, SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj", "node_modules"]).Any());

    private static Dictionary<LockedPackage, string> Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new SupplyException([$"{file} is missing. Run 'dotnet restore' and commit it."]);
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return (
            from framework in document.RootElement.GetProperty("dependencies").EnumerateObject()
            from package in framework.Value.EnumerateObject()
            where package.Value.GetProperty("type").GetString() != "Project"
            select KeyValuePair.Create(
                new LockedPackage(package.Name, package.Value.GetProperty("resolved").GetString()!),
                package.Value.GetProperty("contentHash").GetString()!)).ToDictionary();
    }
}
