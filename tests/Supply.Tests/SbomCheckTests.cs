using System.Text.Json.Nodes;
using KafkaFunctions.Supply.Packages;
using KafkaFunctions.Supply.Sbom;

namespace KafkaFunctions.Supply.Tests;

public sealed class SbomCheckTests
{
    private static readonly LockedPackage Package = new("Some.Package", "1.0.0");

    [Fact]
    public void Check_OfEveryPackageWithHashAndLicence_Passes() => SbomCheck.Check(Bill(Component()), [Package]);

    [Fact]
    public void Check_NamesAPackageThatIsMissing() =>
        Assert.Contains("Other.Package 2.0.0 is locked, but not in the bill", ProblemOf(Bill(Component()), Package, new LockedPackage("Other.Package", "2.0.0")), StringComparison.Ordinal);

    [Fact]
    public void Check_NamesAPackageOfAnotherVersion()
    {
        var wrong = Assert.Throws<SupplyException>(() => SbomCheck.Check(Bill(Component()), [new LockedPackage("Some.Package", "1.0.1")]));

        Assert.Equal(2, wrong.Problems.Count);
    }

    [Fact]
    public void Check_NamesAPackageWithoutHash() => Assert.Contains("has no hash", ProblemOf(Bill(Without("hashes")), Package), StringComparison.Ordinal);

    [Fact]
    public void Check_NamesAPackageWithoutLicence() => Assert.Contains("has no known licence", ProblemOf(Bill(Without("licenses")), Package), StringComparison.Ordinal);

    [Fact]
    public void Check_NamesAPackageOfWhichOnlyTheLicencesAddressIsKnown()
    {
        var component = Component();
        component["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["name"] = "Unknown", ["url"] = "https://example.com" } });

        Assert.Contains("has no known licence", ProblemOf(Bill(component), Package), StringComparison.Ordinal);
    }

    private static string ProblemOf(JsonNode bill, params LockedPackage[] locked) =>
        Assert.Single(Assert.Throws<SupplyException>(() => SbomCheck.Check(bill, [.. locked])).Problems);

    private static JsonObject Bill(JsonObject component) => new() { ["components"] = new JsonArray(component) };

    private static JsonObject Without(string property)
    {
        var component = Component();
        component.Remove(property);
        return component;
    }

    private static JsonObject Component() => new()
    {
        ["name"] = Package.Id,
        ["version"] = Package.Version,
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = "00" }),
        ["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "MIT" } }),
    };
}
