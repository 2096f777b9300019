using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KafkaFunctions.SelfHost.Functions;
using Microsoft.Azure.Functions.Worker;

namespace KafkaFunctions.SelfHost.Invocation;

/// <summary>The JSON text that the Kafka extension hands to a function whose parameter is a string.</summary>
internal sealed class KafkaTriggerEnvelope
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly KafkaMessageKeyType _keyType;

    public KafkaTriggerEnvelope(BindingDescriptor trigger) =>
        _keyType = Enum.TryParse<KafkaMessageKeyType>(trigger.GetString("keyDataType"), out var type) ? type : KafkaMessageKeyType.String;

    /// <exception cref="FunctionInputConverterException">The key is not of the type that the trigger names.</exception>
    public string Write(KafkaRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + (record.Value?.Length ?? 0));
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("Offset", record.Offset);
            json.WriteNumber("Partition", record.Partition);
            json.WriteString("Topic", record.Topic);
            json.WriteString("Timestamp", Time(record.Timestamp?.UnixTimestampMs ?? 0));
            json.WriteString("Value", Text(record.Value));
            json.WriteNull("LeaderEpoch");
            json.WriteBoolean("IsPartitionEOF", false);
            WriteKey(json, record);
            json.WriteStartArray("Headers");
            foreach (var header in record.Headers ?? [])
            {
                json.WriteStartObject();
                json.WriteString("Key", header.Key);
                WriteBase64(json, "Value", header.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteKey(Utf8JsonWriter json, KafkaRecord record)
    {
        switch (_keyType)
        {
            case KafkaMessageKeyType.Int when record.Key is not null:
                json.WriteNumber("Key", BinaryPrimitives.ReadInt32BigEndian(Sized(record, sizeof(int))));
                break;
            case KafkaMessageKeyType.Long when record.Key is not null:
                json.WriteNumber("Key", BinaryPrimitives.ReadInt64BigEndian(Sized(record, sizeof(long))));
                break;
            case KafkaMessageKeyType.Binary:
                WriteBase64(json, "Key", record.Key);
                break;
            default:
                json.WriteString("Key", Text(record.Key));
                break;
        }
    }

    private byte[] Sized(KafkaRecord record, int size) => record.Key!.Length == size
        ? record.Key
        : throw new FunctionInputConverterException(
            $"The key of {record.Topic}/{record.Partition} at offset {record.Offset} has {record.Key.Length} bytes, so it is no {_keyType}. Write KeyDataType = KafkaMessageKeyType.Binary in the trigger.");

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private static void WriteBase64(Utf8JsonWriter json, string name, byte[]? bytes)
    {
        if (bytes is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteBase64String(name, bytes);
        }
    }

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
