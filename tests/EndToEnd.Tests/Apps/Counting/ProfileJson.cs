using System.Text.Json;
using System.Text.Json.Serialization;

namespace KafkaFunctions.Counting;

/// <summary>What the app reads and writes as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Profile))]
internal sealed partial class ProfileJson : JsonSerializerContext;
