using System.Buffers;
using System.Text;
using System.Text.Json;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Worker.Outputs;

/// <summary>The text by which the host's Kafka output binding recognises a message with key and headers: a JSON object with
/// exactly these names. Partition, offset, topic and timestamp must be there and are ignored.</summary>
internal static class BindingEnvelope
{
    private const string AnyTime = "1970-01-01T00:00:00Z";

    /// <exception cref="NotSupportedException">A tombstone, or bytes that are not UTF-8 text: the binding cannot send them.</exception>
    public static string Of(string topic, OutputRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("Offset", 0);
            json.WriteNumber("Partition", 0);
            json.WriteString("Topic", topic);
            json.WriteString("Timestamp", AnyTime);
            json.WriteString("Value", Text(topic, record.Value ?? throw Unsupported(topic, "a tombstone")));
            if (record.Key is not null)
            {
                json.WriteString("Key", Text(topic, record.Key));
            }

            json.WriteStartArray("Headers");
            foreach (var header in record.Headers)
            {
                WriteHeader(json, topic, header.Key, header.Value ?? []);
            }

            if (record.Identity is not null)
            {
                WriteHeader(json, topic, HeaderNames.Identity, record.Identity);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteHeader(Utf8JsonWriter json, string topic, string key, byte[] value)
    {
        json.WriteStartObject();
        json.WriteString("Key", key);
        json.WriteString("Value", Text(topic, value));
        json.WriteEndObject();
    }

    private static string Text(string topic, byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Unsupported(topic, "bytes that are not UTF-8");
        }
    }

    private static NotSupportedException Unsupported(string topic, string what) =>
        new($"The host's output binding cannot send {what} to '{topic}'. Set Kafka__OutputDelivery=Acknowledged.");

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
