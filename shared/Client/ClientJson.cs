using System.Text.Json;
using System.Text.Json.Serialization;

namespace KafkaFunctions.Client;

/// <summary>What the client reads.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StateAnswer))]
[JsonSerializable(typeof(StateAnswerPage))]
[JsonSerializable(typeof(WindowsAnswer))]
[JsonSerializable(typeof(StateProblem))]
internal sealed partial class ClientJson : JsonSerializerContext;
