using System.Text;
using System.Text.Json;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>Reads the text of an output: an envelope with key and headers if it has all of the extension's names, else the
/// message's value.</summary>
internal static class KafkaOutputEnvelope
{
    private static readonly string[] Names = ["Offset", "Partition", "Topic", "Timestamp", "Value", "Headers"];

    public static OutputRecord Read(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return Plain(text);
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement) ?? Plain(text);
        }
        catch (JsonException)
        {
            return Plain(text);
        }
    }

    private static OutputRecord Plain(string text) => new(null, Encoding.UTF8.GetBytes(text));

    private static OutputRecord? Read(JsonElement envelope)
    {
        if (!Array.TrueForAll(Names, name => envelope.TryGetProperty(name, out _))
            || ReadHeaders(envelope.GetProperty("Headers")) is not { } headers)
        {
            return null;
        }

        var hasKey = envelope.TryGetProperty("Key", out var key);
        var value = envelope.GetProperty("Value");
        if ((hasKey && key.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            || value.ValueKind is JsonValueKind.Array or JsonValueKind.Null
            || (value.ValueKind == JsonValueKind.Object && !hasKey))
        {
            return null;
        }

        var keyBytes = hasKey && key.ValueKind != JsonValueKind.Null ? Encoding.UTF8.GetBytes(key.ToString()) : null;
        var valueText = value.ValueKind == JsonValueKind.Object ? JsonSerializer.Serialize(value) : value.ToString();
        return new OutputRecord(keyBytes, Encoding.UTF8.GetBytes(valueText)) { Headers = headers };
    }

    private static RecordHeader[]? ReadHeaders(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var headers = new List<RecordHeader>();
        foreach (var header in list.EnumerateArray())
        {
            if (header.ValueKind != JsonValueKind.Object
                || !header.TryGetProperty("Key", out var key)
                || !header.TryGetProperty("Value", out var value)
                || key.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            headers.Add(new RecordHeader(key.GetString()!, value.ValueKind == JsonValueKind.Null ? null : Encoding.UTF8.GetBytes(value.ToString())));
        }

        return [.. headers];
    }
}
