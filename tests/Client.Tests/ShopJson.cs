using System.Text.Json;
using System.Text.Json.Serialization;

namespace KafkaFunctions.Client.Tests;

internal sealed record Customer(string Name, int Orders);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(Customer))]
internal sealed partial class ShopJson : JsonSerializerContext;
