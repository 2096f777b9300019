using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.State.Queries;

/// <summary>Entries of a store as JSON on one line. JSON values go out as they are, numbers as numbers, UTF-8 text as text, all other
/// bytes as base64, which is then marked. Answers of HTTP and of the command line: names are never changed.</summary>
public static class StateEntryJson
{
    private const string EncodingSuffix = "Encoding";
    private const string Base64 = "base64";

    /// <summary>Writes an entry as an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="store">What its bytes are.</param>
    /// <param name="withStore">Whether the store's name is written, too.</param>
    /// <param name="keyAsBase64">Whether the key is base64 in any case.</param>
    public static void Write(Utf8JsonWriter json, StateEntry entry, StoreDefinition store, bool withStore = true, bool keyAsBase64 = false)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(store);
        json.WriteStartObject();
        if (withStore)
        {
            json.WriteString("store", store.Name);
        }

        WriteKey(json, entry.Key, keyAsBase64 ? null : StateKeyText.Write(entry.Key, store.KeyFormat));
        WriteContent(json, entry, store);
        json.WriteEndObject();
    }

    /// <summary>Writes a page of a key's windows as an object: the key once.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="key">The key.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="store">What their bytes are.</param>
    /// <param name="continuation">What to go on with; null at the end.</param>
    /// <param name="keyAsBase64">Whether the key is base64 in any case.</param>
    public static void WriteWindows(
        Utf8JsonWriter json, byte[] key, IReadOnlyList<StateEntry> windows, StoreDefinition store, string? continuation, bool keyAsBase64 = false)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(store);
        json.WriteStartObject();
        json.WriteString("store", store.Name);
        WriteKey(json, key, keyAsBase64 ? null : StateKeyText.Write(key, store.KeyFormat));
        json.WriteStartArray("windows");
        foreach (var entry in windows)
        {
            json.WriteStartObject();
            WriteContent(json, entry, store);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("continuation", continuation);
        json.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter json, StateEntry entry, StoreDefinition store)
    {
        if (entry.Window is { } window)
        {
            json.WriteStartObject("window");
            json.WriteString("start", WindowTimeText.Write(window.Start));
            json.WriteString("end", WindowTimeText.Write(window.End));
            json.WriteEndObject();
        }

        WriteValue(json, entry.Value, store.ValueFormat);
        json.WriteNumber("version", entry.Version);
        if (entry.Timestamp == InputRecord.NoTimestamp)
        {
            json.WriteNull("timestamp");
        }
        else
        {
            json.WriteNumber("timestamp", entry.Timestamp);
        }
    }

    private static void WriteKey(Utf8JsonWriter json, byte[] key, string? text)
    {
        if (text is null)
        {
            WriteBase64(json, "key", key);
        }
        else
        {
            json.WriteString("key", text);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, byte[] value, PayloadFormat format)
    {
        switch (format)
        {
            case PayloadFormat.Json when IsJson(value):
                json.WritePropertyName("value");
                WriteDocument(json, value);
                break;
            case PayloadFormat.Text when Utf8.IsValid(value):
                json.WriteString("value", value);
                break;
            case PayloadFormat.Int32 when value.Length == sizeof(int):
                json.WriteNumber("value", BinaryPrimitives.ReadInt32BigEndian(value));
                break;
            case PayloadFormat.Int64 when value.Length == sizeof(long):
                json.WriteNumber("value", BinaryPrimitives.ReadInt64BigEndian(value));
                break;
            default:
                WriteBase64(json, "value", value);
                break;
        }
    }

    private static void WriteDocument(Utf8JsonWriter json, byte[] value)
    {
        if (!value.AsSpan().ContainsAny((byte)'\n', (byte)'\r'))
        {
            json.WriteRawValue(value, skipInputValidation: true);
            return;
        }

        using var document = JsonDocument.Parse(value);
        document.RootElement.WriteTo(json);
    }

    private static void WriteBase64(Utf8JsonWriter json, string name, byte[] bytes)
    {
        json.WriteBase64String(name, bytes);
        json.WriteString(name + EncodingSuffix, Base64);
    }

    private static bool IsJson(byte[] value)
    {
        try
        {
            var reader = new Utf8JsonReader(value);
            while (reader.Read())
            {
            }

            return Utf8.IsValid(value);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
