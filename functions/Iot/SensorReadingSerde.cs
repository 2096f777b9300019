using System.Text.Json;
using KafkaFunctions.Streams.Serialization;

namespace KafkaFunctions.App.Iot;

/// <summary>Readings of sensors as JSON. Refuses names that do not make a key, and values that are no number.</summary>
internal sealed class SensorReadingSerde : ISerde<SensorReading>, IPayloadFormat
{
    /// <summary>Most characters of a device's or sensor's name: both fit in a row's key, whatever they are.</summary>
    public const int MaxNameLength = 128;

    /// <summary>The one instance; safe for concurrent use.</summary>
    public static SensorReadingSerde Instance { get; } = new();

    /// <inheritdoc/>
    public PayloadFormat Format => PayloadFormat.Json;

    /// <inheritdoc/>
    public SensorReading Deserialize(byte[]? bytes) => Checked(JsonText.Read(bytes, AppJson.Wire.SensorReading));

    /// <inheritdoc/>
    public byte[]? Serialize(SensorReading value) => JsonSerializer.SerializeToUtf8Bytes(Checked(value), AppJson.Wire.SensorReading);

    private static SensorReading Checked(SensorReading reading)
    {
        CheckName(reading.Device, "device");
        CheckName(reading.Sensor, "sensor");

        // JSON has 1e999, which is infinite as a double.
        return double.IsFinite(reading.Value)
            ? reading
            : throw new SerializationException("The reading's 'value' is larger than a number of 64 bits can be.");
    }

    private static void CheckName(string? name, string field)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new SerializationException($"The reading's '{field}' is empty: it must name one.");
        }

        if (name.Length > MaxNameLength)
        {
            throw new SerializationException($"The reading's '{field}' has {name.Length} characters; at most {MaxNameLength} are allowed.");
        }

        if (name.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || name.Contains('/', StringComparison.Ordinal))
        {
            throw new SerializationException($"The reading's '{field}' has a '/' or a control character, which its key cannot hold.");
        }
    }
}
