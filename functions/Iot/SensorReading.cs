using System.Text.Json.Serialization;

namespace KafkaFunctions.App.Iot;

/// <summary>What a device's sensor has measured.</summary>
internal sealed record SensorReading
{
    /// <summary>Name of the device.</summary>
    public required string Device { get; init; }

    /// <summary>Name of the sensor; one device has each once.</summary>
    public required string Sensor { get; init; }

    /// <summary>What was measured.</summary>
    public required double Value { get; init; }

    /// <summary>Unit of the value, such as <c>°C</c>; null where the sensor has none.</summary>
    public string? Unit { get; init; }

    /// <summary>When it was measured.</summary>
    [JsonConverter(typeof(ZonedTimeConverter))]
    public required DateTimeOffset Time { get; init; }

    /// <summary>Key of the sensor among those of all devices: <c>device/sensor</c>. Sensors of one device are neighbours.</summary>
    [JsonIgnore]
    public string Key => $"{Device}/{Sensor}";
}
