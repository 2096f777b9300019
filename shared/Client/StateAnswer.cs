using System.Text.Json;

namespace KafkaFunctions.Client;

/// <summary>An entry as the app writes it. A property is never renamed.</summary>
internal sealed record StateAnswer(string Key, JsonElement Value, long Version, long? Timestamp, string? KeyEncoding, WindowAnswer? Window);
