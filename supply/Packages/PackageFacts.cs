using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KafkaFunctions.Supply.Packages;

/// <summary>What a restored package says of itself.</summary>
/// <param name="Package">The package.</param>
/// <param name="Licence">SPDX expression of its licence; null: it has a text or an address in place of one.</param>
/// <param name="Copyright">Copyright line, else its authors.</param>
/// <param name="Project">Address of the project; null: not told.</param>
/// <param name="Texts">Licences and notices in the package, by file name.</param>
internal sealed partial record PackageFacts(LockedPackage Package, string? Licence, string Copyright, string? Project, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>Reads a package's manifest.</summary>
    /// <exception cref="SupplyException">It was not restored.</exception>
    public static PackageFacts Read(string packageFolder, LockedPackage package)
    {
        var folder = Path.Combine(packageFolder, Lower(package.Id), Lower(package.Version));
        var manifest = Path.Combine(folder, Lower(package.Id) + ".nuspec");
        if (!File.Exists(manifest))
        {
            throw new SupplyException([$"{package} is locked, but not restored: {manifest} is missing. Run 'dotnet restore'."]);
        }

        var metadata = XDocument.Load(manifest).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        var licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        return new PackageFacts(
            package,
            licence?.Attribute("type")?.Value == "expression" ? licence.Value.Trim() : null,
            OneLine(Text("copyright") is { Length: > 0 } copyright ? copyright : Text("authors") ?? ""),
            Text("projectUrl"),
            TextsIn(folder));

        string? Text(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();
    }

    private static SortedDictionary<string, string> TextsIn(string folder) => new(
        Directory.EnumerateFiles(folder)
            .Where(file => LegalText().IsMatch(Path.GetFileName(file)))
            .ToDictionary(file => Path.GetFileName(file), Normalized),
        StringComparer.Ordinal);

    /// <summary>Text files come with line ends and marks of their own.</summary>
    private static string Normalized(string file) =>
        string.Join('\n', File.ReadAllText(file, Encoding.UTF8).ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim('\n', '\uFEFF', '\f') + "\n";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

#pragma warning disable CA1308 // NuGet's folders are in lower case.
    private static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308

    [GeneratedRegex(@"^(licen[cs]es?|copying|notice|third-party-notices)(\.(txt|md))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LegalText();
}
