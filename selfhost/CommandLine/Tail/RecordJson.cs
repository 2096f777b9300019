using System.Text.Json;
using System.Text.Unicode;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.SelfHost.CommandLine.Tail;

/// <summary>A record as a JSON document. Nothing is lost: bytes that are not UTF-8 text are base64, and marked.</summary>
internal static class RecordJson
{
    private const string EncodingSuffix = "Encoding";
    private const string Base64 = "base64";

    public static void Write(Utf8JsonWriter json, InputRecord record)
    {
        json.WriteStartObject();
        json.WriteString("topic", record.Topic);
        json.WriteNumber("partition", record.Partition);
        json.WriteNumber("offset", record.Offset);
        WriteBytes(json, "key", record.Key);
        WriteBytes(json, "value", record.Value);
        if (record.Timestamp == InputRecord.NoTimestamp)
        {
            json.WriteNull("timestamp");
        }
        else
        {
            json.WriteNumber("timestamp", record.Timestamp);
        }

        json.WriteStartArray("headers");
        foreach (var header in record.Headers)
        {
            json.WriteStartObject();
            json.WriteString("key", header.Key);
            WriteBytes(json, "value", header.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBytes(Utf8JsonWriter json, string name, byte[]? bytes)
    {
        if (bytes is null)
        {
            json.WriteNull(name);
        }
        else if (Utf8.IsValid(bytes))
        {
            json.WriteString(name, bytes);
        }
        else
        {
            json.WriteBase64String(name, bytes);
            json.WriteString(name + EncodingSuffix, Base64);
        }
    }
}
