using System.Text.Json.Nodes;

namespace KafkaFunctions.App.Tests.Metadata;

/// <summary>What the Functions host is told of the functions: bindings with names, cardinality and data types. It is committed, so that
/// a change of it is seen, and both hosts agree on it.</summary>
public sealed class FunctionsMetadataTests
{
    private const string UpdateVariable = "UPDATE_EXPECTATIONS";

    private const string Update = $"If that is meant: {UpdateVariable}=1 dotnet test --project tests/App.Tests, and commit the difference.";

    static FunctionsMetadataTests()
    {
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            FunctionsMetadata.Update();
        }
    }

    public static TheoryData<string> Functions => [.. FunctionsMetadata.Names];

    [Fact]
    public void CommittedMetadata_Always_IsThatOfTheAppsFunctions()
    {
        var added = FunctionsMetadata.Names.Except(FunctionsMetadata.Committed);
        var gone = FunctionsMetadata.Committed.Except(FunctionsMetadata.Names);

        Assert.True(
            !added.Any() && !gone.Any(),
            $"{FunctionsMetadata.Folder} lacks {List(added)} and has {List(gone)}, which the app has not. {Update}");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Metadata_OfTheWorkersSdk_IsTheCommittedOne(string function) => RequireCommitted(function, FunctionsMetadata.OfSdk(function), "Microsoft's worker SDK");

    [Theory]
    [MemberData(nameof(Functions))]
    public void Metadata_OfTheSelfHost_IsTheCommittedOne(string function) => RequireCommitted(function, FunctionsMetadata.OfSelfHost(function), "the self-host");

    private static void RequireCommitted(string function, JsonNode actual, string origin)
    {
        var committed = FunctionsMetadata.OfFile(function);

        Assert.True(
            JsonNode.DeepEquals(committed, actual),
            $"{FunctionsMetadata.Folder}/{function}.json has\n{(committed is null ? "(no such file)" : FunctionsMetadata.Text(committed))}\nand {origin} makes\n{FunctionsMetadata.Text(actual)}\n{Update}");
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } list ? list : "nothing";
}
