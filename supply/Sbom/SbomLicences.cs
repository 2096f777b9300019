using System.Text.Json.Nodes;
using KafkaFunctions.Supply.Licences;
using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Sbom;

/// <summary>Puts in the licences of packages that name none: the tool knows their address at most.</summary>
internal static class SbomLicences
{
    public static void Fill(JsonNode document, IEnumerable<PackageFacts> packages)
    {
        var byName = packages.ToDictionary(facts => (facts.Package.Id, facts.Package.Version));
        foreach (var component in document["components"]!.AsArray().OfType<JsonObject>())
        {
            if (byName.TryGetValue(((string)component["name"]!, (string)component["version"]!), out var facts)
                && facts.Licence is null
                && LicenceRules.LicenceOf(facts, out _) is { } licence)
            {
                component["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = licence, ["acknowledgement"] = "concluded" } });
            }
        }
    }
}
