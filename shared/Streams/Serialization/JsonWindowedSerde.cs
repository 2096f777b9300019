using System.Buffers;
using System.Text.Json;
using KafkaFunctions.Streams.Windows;

namespace KafkaFunctions.Streams.Serialization;

/// <summary>A JSON object with <c>key</c>, <c>start</c> and <c>end</c>: text keys as text, numbers as numbers, JSON as it is, other bytes
/// in base64; times in ISO 8601, UTC.</summary>
internal sealed class JsonWindowedSerde<TKey>(ISerde<TKey> key) : ISerde<Windowed<TKey>>, IPayloadFormat
{
    private readonly PayloadFormat _format = IPayloadFormat.Of(key);

    public PayloadFormat Format => PayloadFormat.Json;

    public Windowed<TKey> Deserialize(byte[]? bytes)
    {
        if (bytes is null)
        {
            throw new SerializationException("A windowed key is required, and there is none.");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            return new Windowed<TKey>(key.Deserialize(KeyOf(root.GetProperty("key"))), new Window(TimeOf(root.GetProperty("start")), TimeOf(root.GetProperty("end"))));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SerializationException($"The bytes are no windowed key in JSON: {wrong.Message}", innerException: wrong);
        }
    }

    public byte[] Serialize(Windowed<TKey> value)
    {
        var inner = WindowedKeys.Inner(key, value.Key);
        var buffer = new ArrayBufferWriter<byte>(inner.Length + 96);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("key");
            WriteKey(writer, inner);
            writer.WriteString("start", WindowTimeText.Write(value.Window.Start));
            writer.WriteString("end", WindowTimeText.Write(value.Window.End));
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteKey(Utf8JsonWriter writer, byte[] inner)
    {
        switch (_format)
        {
            case PayloadFormat.Text:
                writer.WriteStringValue(inner);
                break;
            case PayloadFormat.Json:
                writer.WriteRawValue(inner);
                break;
            case PayloadFormat.Int32:
                writer.WriteNumberValue(Serdes.Int32.Deserialize(inner));
                break;
            case PayloadFormat.Int64:
                writer.WriteNumberValue(Serdes.Int64.Deserialize(inner));
                break;
            default:
                writer.WriteBase64StringValue(inner);
                break;
        }
    }

    private byte[]? KeyOf(JsonElement element) => _format switch
    {
        PayloadFormat.Text => Serdes.Utf8.Serialize(element.GetString()),
        PayloadFormat.Json => Serdes.Utf8.Serialize(element.GetRawText()),
        PayloadFormat.Int32 => Serdes.Int32.Serialize(element.GetInt32()),
        PayloadFormat.Int64 => Serdes.Int64.Serialize(element.GetInt64()),
        _ => element.GetBytesFromBase64(),
    };

    private static long TimeOf(JsonElement element) => WindowTimeText.TryRead(element.GetString(), out var time) ? time : throw new FormatException("a bound is no time");
}
