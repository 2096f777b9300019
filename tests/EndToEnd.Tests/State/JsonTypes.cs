using System.Text.Json;
using System.Text.Json.Serialization;

namespace KafkaFunctions.EndToEnd.Tests.State;

internal sealed record Profile(string Name, int Visits);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(Profile))]
internal sealed partial class JsonTypes : JsonSerializerContext;
