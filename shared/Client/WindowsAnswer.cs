using System.Text.Json;

namespace KafkaFunctions.Client;

/// <summary>A page of a key's windows as the app writes it, null where it answers without windows. A property is never renamed.</summary>
internal sealed record WindowsAnswer(string Key, string? KeyEncoding, IReadOnlyList<WindowsAnswer.Entry>? Windows, string? Continuation)
{
    /// <summary>A window's value.</summary>
    internal sealed record Entry(WindowAnswer Window, JsonElement Value, long Version, long? Timestamp);
}
