namespace KafkaFunctions.Architecture.Tests;

public sealed class AssemblyReferenceTests
{
    private const string Streams = "KafkaFunctions.Streams";
    private const string Kafka = "KafkaFunctions.Kafka";
    private const string Embedded = "KafkaFunctions.Embedded";
    private const string Tables = "KafkaFunctions.Tables";
    private const string Client = "KafkaFunctions.Client";
    private const string Worker = "KafkaFunctions.Worker";
    private const string SelfHost = "KafkaFunctions.SelfHost";
    private const string App = "KafkaFunctions.App";
    private const string Testing = "KafkaFunctions.Testing";

    /// <summary>What each assembly may reference of ours. A new assembly is added here, on purpose.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [Streams] = [],
        [Kafka] = [Streams],
        [Embedded] = [Streams],
        [Tables] = [Streams],
        [Client] = [],
        [Worker] = [Streams, Kafka, Embedded, Tables, SelfHost],
        [SelfHost] = [Streams, Kafka, Embedded],
        [App] = [Streams, Worker, SelfHost],
        [Testing] = [Streams, Worker, SelfHost],
    };

    public static TheoryData<string> Assemblies => [.. ProductAssemblies.Names];

    [Fact]
    public void Names_OfAllProductAssemblies_AreTheKnownOnes() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), ProductAssemblies.Names);

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void References_ToOurOwn_FollowTheArrows(string assembly) =>
        Assert.Empty(ProductAssemblies.ReferencesOf(assembly).Where(IsOurs).Except(Allowed[assembly]));

    [Theory]
    [InlineData(Streams)]
    [InlineData(Client)]
    public void References_OfWhatStandsAlone_AreTheRuntimeAlone(string assembly) =>
        Assert.All(ProductAssemblies.ReferencesOf(assembly), reference => Assert.True(IsOfTheRuntime(reference), reference));

    [Theory]
    [InlineData("Confluent.Kafka", Kafka)]
    [InlineData("Microsoft.Data.Sqlite", Embedded)]
    [InlineData("SQLitePCL", Embedded)]
    [InlineData("Polly", Tables, Worker)]
    [InlineData("Azure.Data.Tables", Tables)]
    [InlineData("Azure.", Kafka, Tables, Worker)]
    [InlineData("Azure.Monitor", Worker)]
    [InlineData("OpenTelemetry.Exporter", SelfHost, Worker)]
    [InlineData("Spectre.Console", SelfHost)]
    [InlineData("System.CommandLine", SelfHost)]
    public void References_ToAPackage_AreOfItsOwnersAlone(string package, params string[] owners) =>
        Assert.Equal(
            owners,
            ProductAssemblies.Names.Where(assembly => ProductAssemblies.ReferencesOf(assembly).Any(reference => reference.StartsWith(package, StringComparison.Ordinal))));

    [Theory]
    [InlineData("xunit")]
    [InlineData("nunit")]
    [InlineData("Microsoft.VisualStudio.TestPlatform")]
    public void References_OfTheTestKit_AreToNoTestFramework(string framework) =>
        Assert.DoesNotContain(ProductAssemblies.ReferencesOf(Testing), reference => reference.StartsWith(framework, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Namespaces_OfPublicTypes_AreOurs(string assembly)
    {
        // The self-host stands in for Microsoft's worker packages, under their names; top-level statements have no namespace.
        Assert.All(ProductAssemblies.PublicNamespacesOf(assembly), name => Assert.True(
            name == "KafkaFunctions" || IsOurs(name)
                || (assembly == SelfHost && name.StartsWith("Microsoft.", StringComparison.Ordinal))
                || (assembly == App && name.Length == 0),
            name));
    }

    private static bool IsOurs(string name) => name.StartsWith(ProductAssemblies.Prefix, StringComparison.Ordinal);

    private static bool IsOfTheRuntime(string reference) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, reference + ".dll"));
}
