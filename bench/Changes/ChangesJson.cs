using System.Text.Json.Serialization;
using KafkaFunctions.App.ChangeData;

namespace KafkaFunctions.Bench.Changes;

/// <summary>The contract that the app's reader, compiled in, needs here.</summary>
[JsonSerializable(typeof(Customer))]
internal sealed partial class ChangesJson : JsonSerializerContext;
