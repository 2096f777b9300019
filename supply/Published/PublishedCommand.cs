using System.Text.Json;
using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Published;

/// <summary><c>published</c>: whether what was published is what is locked, also where one platform was restored for.</summary>
internal static class PublishedCommand
{
    private const string Manifest = "KafkaFunctions.App.deps.json";
    private const string HashPrefix = "sha512-";

    /// <exception cref="SupplyException">Packages are missing, others, or of other content; all are named.</exception>
    public static void Run(Repository repository, DirectoryInfo folder, TextWriter output)
    {
        var file = Path.Combine(folder.FullName, Manifest);
        if (!File.Exists(file))
        {
            throw new SupplyException([$"{file} is missing. Name the folder that 'dotnet publish functions' wrote to."]);
        }

        var problems = Compare(Read(file), PackageLocks.HashesOfApp(repository.Root));
        if (problems.Count > 0)
        {
            throw new SupplyException(problems);
        }

        output.WriteLine($"{folder.FullName} has the packages of the lock file.");
    }

    private static List<string> Compare(Dictionary<LockedPackage, string> published, Dictionary<LockedPackage, string> locked) =>
    [
        .. published.Keys.Except(locked.Keys).Order().Select(package => $"{package} is published, but not locked."),
        .. locked.Keys.Except(published.Keys).Order().Select(package => $"{package} is locked, but not published."),
        .. published.Where(package => locked.TryGetValue(package.Key, out var hash) && hash != package.Value)
            .Select(package => $"{package.Key} is published with other content than the locked one."),
    ];

    private static Dictionary<LockedPackage, string> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .ToDictionary(
                library => library.Name.Split('/') is [var id, var version] ? new LockedPackage(id, version) : throw new JsonException($"'{library.Name}' is no package."),
                library => library.Value.GetProperty("sha512").GetString()![HashPrefix.Length..]);
    }
}
