using System.Text.Json;

namespace KafkaFunctions.Supply;

/// <summary>The repository and what was restored for it.</summary>
/// <param name="Root">Where KafkaFunctions.sln is.</param>
/// <param name="PackageFolder">NuGet's folder of unpacked packages.</param>
internal sealed record Repository(string Root, string PackageFolder)
{
    /// <summary>The app whose packages are published.</summary>
    public const string App = "functions";

    private const string Solution = "KafkaFunctions.sln";

    /// <summary>The repository around this program.</summary>
    /// <exception cref="SupplyException">There is none, or nothing was restored.</exception>
    public static Repository Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return new Repository(folder.FullName, PackageFolderOf(folder.FullName));
            }
        }

        throw new SupplyException([$"There is no {Solution} above {AppContext.BaseDirectory}. Run this program inside the repository."]);
    }

    /// <summary>The text of a licence that is the same for whoever uses it; null: the repository has none.</summary>
    public string? StandardText(string licence)
    {
        var file = Path.Combine(Root, "supply", "Licences", "Texts", licence + ".txt");
        return File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : null;
    }

    // A restore leaves this file, whatever the machine's settings of NuGet are.
    private static string PackageFolderOf(string root)
    {
        var assets = Path.Combine(root, "supply", "obj", "project.assets.json");
        if (!File.Exists(assets))
        {
            throw new SupplyException([$"{assets} is missing. Run 'dotnet restore' first."]);
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(assets));
        return document.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
    }
}
