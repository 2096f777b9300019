using System.Text.Json.Nodes;
using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Sbom;

/// <summary>Whether a bill of materials is that of the lock file.</summary>
internal static class SbomCheck
{
    /// <exception cref="SupplyException">Packages are missing or too many, or lack hash or licence; all are named.</exception>
    public static void Check(JsonNode document, SortedSet<LockedPackage> locked)
    {
        var problems = new List<string>();
        var listed = new SortedSet<LockedPackage>();
        foreach (var component in document["components"]!.AsArray().OfType<JsonObject>())
        {
            var package = new LockedPackage((string)component["name"]!, (string)component["version"]!);
            listed.Add(package);
            if (component["hashes"] is not JsonArray { Count: > 0 })
            {
                problems.Add($"{package} has no hash in the bill of materials.");
            }

            if (component["licenses"] is not JsonArray { Count: > 0 } licences || !licences.OfType<JsonObject>().All(IsKnown))
            {
                problems.Add($"{package} has no known licence in the bill of materials. Enter it in LicenceRules.Read.");
            }
        }

        problems.AddRange(locked.Except(listed).Select(package => $"{package} is locked, but not in the bill of materials. Run 'dotnet restore'."));
        problems.AddRange(listed.Except(locked).Select(package => $"{package} is in the bill of materials, but not locked. Run 'dotnet restore' and commit the lock files."));
        if (problems.Count > 0)
        {
            throw new SupplyException(problems);
        }
    }

    private static bool IsKnown(JsonObject licence) => licence["license"]?["id"] is not null || licence["expression"] is not null;
}
