using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KafkaFunctions.SelfHost.Functions;
using KafkaFunctions.TestSupport;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.App.Tests.Metadata;

/// <summary>The metadata of the app's functions in three forms, all of them as in the file <c>functions.metadata</c>: as committed,
/// as Microsoft's worker SDK writes it, and as the self-host makes it.</summary>
internal static class FunctionsMetadata
{
    /// <summary>Where it is committed, a file for each function.</summary>
    public const string Folder = "tests/App.Tests/Metadata/Expected";

    private const string KafkaTrigger = "kafkaTrigger";
    private const string Properties = "properties";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly DeclaredFunction[] Functions = [.. new FunctionSource(typeof(Topics).Assembly).Methods()];

    /// <summary>Names of the app's functions.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Functions.Select(function => function.Name)];

    /// <summary>Names of the functions of which metadata is committed.</summary>
    public static IReadOnlyList<string> Committed => [.. Directory.GetFiles(FolderPath, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string FolderPath => Path.Combine(Repository.Root, Folder);

    /// <summary>As committed; null where nothing is.</summary>
    public static JsonNode? OfFile(string function) => File.Exists(PathOf(function)) ? JsonNode.Parse(File.ReadAllText(PathOf(function))) : null;

    /// <summary>As the SDK's build task writes it.</summary>
    public static JsonNode OfSdk(string function)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "functions-sdk", "functions.metadata");
        var metadata = JsonNode.Parse(File.ReadAllText(file))!.AsArray().Single(entry => (string?)entry!["name"] == function)!;
        AddDeferredBinding(metadata, MethodOf(function));
        return metadata;
    }

    /// <summary>As the self-host makes it.</summary>
    public static JsonNode OfSelfHost(string function)
    {
        var metadata = FunctionMetadataFactory.Create(function, MethodOf(function));
        Assert.Null(metadata.Retry);
        return new JsonObject
        {
            ["name"] = metadata.Name,
            ["scriptFile"] = metadata.ScriptFile,
            ["entryPoint"] = metadata.EntryPoint,
            ["language"] = metadata.Language,
            [Properties] = new JsonObject { ["IsCodeless"] = false },
            ["bindings"] = new JsonArray([.. metadata.RawBindings!.Select(binding => JsonNode.Parse(binding))]),
        };
    }

    /// <summary>Commits what the SDK writes, and nothing else.</summary>
    public static void Update()
    {
        Directory.CreateDirectory(FolderPath);
        foreach (var gone in Committed.Except(Names))
        {
            File.Delete(PathOf(gone));
        }

        foreach (var function in Names)
        {
            File.WriteAllText(PathOf(function), Text(OfSdk(function)));
        }
    }

    /// <summary>For files and messages.</summary>
    public static string Text(JsonNode metadata) => metadata.ToJsonString(Indented) + "\n";

    /// <summary>The task finds by the Kafka extension's converter of records that it takes bindings that the host defers; the self-host's
    /// attribute has no converter, so that this much follows from the rule.</summary>
    private static void AddDeferredBinding(JsonNode metadata, MethodInfo method)
    {
        foreach (var trigger in metadata["bindings"]!.AsArray().Where(binding => (string?)binding!["type"] == KafkaTrigger))
        {
            var type = method.GetParameters().Single(parameter => parameter.Name == (string?)trigger!["name"]).ParameterType;
            if (type == typeof(KafkaRecord) || type == typeof(KafkaRecord[]))
            {
                trigger![Properties]!["supportsDeferredBinding"] = "True";
            }
        }
    }

    private static MethodInfo MethodOf(string function) => Functions.Single(declared => declared.Name == function).Method;

    private static string PathOf(string function) => Path.Combine(FolderPath, function + ".json");
}
